using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Pages;
using NanoDet.Imaging;
using NanoDet.Imaging.Drawing;
using NanoDet.Vision.Images;

namespace NanoDet.Vision.Preview;

/// <summary>
/// Writes one HTML file that shows a data set: pictures with their boxes, filters, problems first, statistics. It contains
/// everything, needs no network, and stays below 30 MB for 5,000 pictures.
/// </summary>
public static class PreviewPage
{
    // The number of pictures in one block of text; the page parses a block when its first picture becomes visible.
    private const int BlockSize = 40;

    /// <summary>Writes the page.</summary>
    /// <param name="path">The file; written atomically.</param>
    /// <param name="title">The title.</param>
    /// <param name="pictures">The pictures; an image that cannot be read is shown with its problem and without its pixels.</param>
    /// <param name="classes">Class names in label order.</param>
    /// <param name="input">The size of the network's input, for the statistics of box sizes.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static void Write(
        string path,
        string title,
        IReadOnlyList<PreviewPicture> pictures,
        IReadOnlyList<string> classes,
        PixelSize input,
        CancellationToken cancellation = default)
    {
        var (ordered, thumbnails) = Read(pictures, cancellation);
        var page = new HtmlPage(title, HtmlPage.Resource(typeof(PreviewPage), "preview.css")) { Script = HtmlPage.Resource(typeof(PreviewPage), "preview.js") };
        AtomicFile.Write(path, stream => page.Write(stream, body =>
        {
            body.WriteOwn(HtmlPage.Resource(typeof(PreviewPage), "preview.html").Replace("<!--title-->", WebUtility.HtmlEncode(title), StringComparison.Ordinal));
            body.WriteOwn($"<script type=\"application/json\" id=\"data\">{Encoding.UTF8.GetString(Describe(ordered, classes, PreviewStatistics.Of(pictures, classes, input)))}</script>\n");
            for (var block = 0; block * BlockSize < ordered.Count; block++)
            {
                body.WriteOwn($"<script type=\"text/plain\" id=\"block{block}\">{string.Join('\n', thumbnails.Skip(block * BlockSize).Take(BlockSize))}</script>\n");
            }
        }));
    }

    private static (List<PreviewPicture> Ordered, List<string> Thumbnails) Read(IReadOnlyList<PreviewPicture> pictures, CancellationToken cancellation)
    {
        var budget = ThumbnailBudget.For(pictures.Count);
        var read = new (PreviewPicture Picture, string Thumbnail)[pictures.Count];
        Parallel.ForEach(Partitioner.Create(0, pictures.Count), new ParallelOptions { CancellationToken = cancellation }, range =>
        {
            for (var i = range.Item1; i < range.Item2; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                read[i] = Read(pictures[i], budget);
            }
        });
        var ordered = read
            .OrderByDescending(entry => entry.Picture.Problems.Any(problem => problem.Severity == DiagnosticSeverity.Error))
            .ThenByDescending(entry => entry.Picture.Problems.Length)
            .ThenBy(entry => entry.Picture.Name, StringComparer.Ordinal)
            .ToList();
        return ([.. ordered.Select(entry => entry.Picture)], [.. ordered.Select(entry => entry.Thumbnail)]);
    }

    private static (PreviewPicture Picture, string Thumbnail) Read(PreviewPicture picture, ThumbnailBudget budget)
    {
        try
        {
            return (picture, Convert.ToBase64String(budget.Encode(DatasetPicture.LoadSmall(picture.File, picture.ContentHash, budget.Side, picture.Orientation))));
        }
        catch (NanoDetException exception)
        {
            var known = picture.Problems.Any(problem => problem.Severity == DiagnosticSeverity.Error);
            return (known ? picture : picture with { Problems = picture.Problems.Add(exception.Diagnostic) }, "");
        }
    }

    private static byte[] Describe(List<PreviewPicture> pictures, IReadOnlyList<string> classes, PreviewStatistics statistics)
    {
        using var stream = new MemoryStream();
        // The default encoder writes < as \u003c, so no name can end the script element.
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("blockSize", BlockSize);
            json.WriteStartArray("classes");
            for (var label = 0; label < classes.Count; label++)
            {
                json.WriteStartArray();
                json.WriteStringValue(classes[label]);
                json.WriteStringValue(ClassPalette.Hex(label));
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WritePropertyName("statistics");
            JsonSerializer.Serialize(json, statistics, JsonSerializerOptions.Web);
            json.WriteStartArray("pictures");
            pictures.ForEach(picture => Describe(json, picture));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Describe(Utf8JsonWriter json, PreviewPicture picture)
    {
        json.WriteStartObject();
        json.WriteString("name", picture.Name);
        json.WriteString("part", picture.Part);
        json.WriteNumber("width", picture.Width);
        json.WriteNumber("height", picture.Height);
        json.WriteStartArray("boxes");
        foreach (var box in picture.Boxes)
        {
            json.WriteStartArray();
            json.WriteNumberValue(box.Label);
            foreach (var side in (ReadOnlySpan<double>)[box.Box.Left, box.Box.Top, box.Box.Width, box.Box.Height])
            {
                json.WriteNumberValue(double.IsFinite(side) ? Math.Round(side, 1) : 0);
            }

            json.WriteNumberValue(box.Dashed ? 1 : 0);
            json.WriteNumberValue(Math.Round(box.Score ?? -1, 3));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("problems");
        foreach (var problem in picture.Problems)
        {
            json.WriteStartArray();
            json.WriteStringValue(problem.Code);
            json.WriteStringValue(problem.Severity == DiagnosticSeverity.Error ? "error" : "warning");
            json.WriteStringValue(problem.Message);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
