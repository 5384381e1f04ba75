using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Core.Geometry;
using NanoDet.Data.Datasets;
using NanoDet.Data.Files;
using NanoDet.Data.Linting;
using NanoDet.Data.Pages;

namespace NanoDet.Vision.Findings;

/// <summary>
/// Writes one HTML file that shows the findings of a lint: each with a cutout of its image, as it is labelled and as the model sees it.
/// The reader marks findings by keyboard or button, and gets the command line that accepts or applies them. The page contains everything
/// and needs no network; the most certain findings have pictures, and the others are a list.
/// </summary>
/// <param name="Title">The title.</param>
/// <param name="Findings">The findings, the most certain first.</param>
/// <param name="Images">The images by their numbers.</param>
/// <param name="Classes">Class names in label order.</param>
internal sealed record FindingsPage(string Title, ImmutableArray<ToldFinding> Findings, ImmutableArray<DatasetImage> Images, ImmutableArray<string> Classes)
{
    /// <summary>The number of findings with pictures.</summary>
    public const int MostPictured = 200;

    private const int MostNeighbours = 60;

    /// <summary>Finds the file of an image.</summary>
    public required Func<DatasetImage, string> FileOf { get; init; }

    /// <summary>The command line to which <c>--accept</c> or <c>--apply</c> and the names of findings are added.</summary>
    public required string Command { get; init; }

    /// <summary>Where the command line runs, in words.</summary>
    public required string CommandPlace { get; init; }

    /// <summary>The number of findings that somebody accepted, which are not shown.</summary>
    public int Accepted { get; init; }

    /// <summary>How many errors the models notice.</summary>
    public required LintRecall Recall { get; init; }

    /// <summary>Of what the page is made (<see cref="HtmlPage.Key"/>).</summary>
    public string? Key { get; init; }

    /// <summary>Writes the page; an image that cannot be read has its code in place of the pictures.</summary>
    /// <param name="path">The file; written atomically.</param>
    /// <param name="cancellation">Stops the work.</param>
    public void Write(string path, CancellationToken cancellation)
    {
        ImmutableArray<ToldFinding> pictured = [.. Findings.Take(MostPictured)];
        var pictures = FindingPictures.Of([.. pictured.Select(told => told.Finding)], Images, FileOf, cancellation);
        var page = new HtmlPage(Title, HtmlPage.Resource(typeof(FindingsPage), "findings.css"))
        {
            Script = HtmlPage.Resource(typeof(FindingsPage), "findings.js"),
            Key = Key,
        };
        AtomicFile.Write(path, stream => page.Write(stream, body => Write(body, pictured, pictures)));
    }

    private void Write(HtmlWriter page, ImmutableArray<ToldFinding> pictured, FindingPictures[] pictures)
    {
        page.Write($"<header><h1>{Title}</h1><p>");
        page.Write($"<b>{Findings.Length}</b> {(Findings.Length == 1 ? "finding" : "findings")}");
        foreach (var (code, count) in Findings.CountBy(told => told.Diagnostic.Code).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            page.Write($" · <b>{count}</b> {code} {LintWords.Of(code)}");
        }

        page.Write($"{(Accepted > 0 ? $" · {Accepted} accepted before, which are not shown" : "")}</p>");
        if (Recall.Words is { } words)
        {
            page.Write($"<p>Models that have not seen the labels notice {words}.</p>");
        }

        page.Write($"</header>\n");
        if (Findings.IsEmpty)
        {
            page.Write($"<main><p>No label is in doubt{(Accepted > 0 ? ", but for those that somebody accepted" : "")}.</p></main>\n");
            return;
        }

        page.Write($"""
            <nav aria-label="Keys and colours"><span><kbd>j</kbd> <kbd>k</kbd> or <kbd>↓</kbd> <kbd>↑</kbd> next and previous finding</span>
            <span><kbd>a</kbd> accept: the label is right</span><span><kbd>f</kbd> fix: propose what the model sees</span>
            <span class="legend"><i class="key labelled"></i>label</span><span class="legend"><i class="key seen"></i>model</span><span class="legend"><i class="key other"></i>other labels</span></nav>
            <main>

            """);
        foreach (var (index, told) in pictured.Index())
        {
            WritePictured(page, index + 1, told, pictures[index]);
        }

        if (Findings.Length > pictured.Length)
        {
            page.Write($"<section aria-labelledby=\"rest\"><h2 id=\"rest\">The {Findings.Length - pictured.Length} findings that are less certain</h2>\n");
            foreach (var (index, told) in Findings.Index().Skip(pictured.Length))
            {
                page.Write($"<article class=\"finding listed\" tabindex=\"-1\" data-id=\"{told.Meaning.Id}\" aria-labelledby=\"title{index + 1}\"><h3 id=\"title{index + 1}\">{index + 1}. {told.Diagnostic.Code}</h3>{(HtmlPart)(part => WriteWords(part, told))}{(HtmlPart)WriteMarks}</article>\n");
            }

            page.Write($"</section>\n");
        }

        page.Write($"""
            </main>
            <footer aria-label="Marked findings">
            <p id="position" role="status" aria-live="polite">{Findings.Length} {(Findings.Length == 1 ? "finding" : "findings")}; j goes to the first.</p>
            <p>{CommandPlace}</p>
            <div class="command"><span id="acceptCount">Accept</span><code id="accept" tabindex="0" data-command="{Command} --accept">Nothing is marked as accepted.</code><button type="button" data-copy="accept">Copy<span class="hidden"> the command that accepts</span></button></div>
            <div class="command"><span id="fixCount">Fix</span><code id="fix" tabindex="0" data-command="{Command} --apply">Nothing is marked to be fixed.</code><button type="button" data-copy="fix">Copy<span class="hidden"> the command that fixes</span></button></div>
            </footer>
            <noscript>Marks need JavaScript, which is all in this file. Without it, the page can be read and printed.</noscript>

            """);
    }

    private void WritePictured(HtmlWriter page, int number, ToldFinding told, FindingPictures pictures)
    {
        page.Write($"<article class=\"finding\" tabindex=\"-1\" data-id=\"{told.Meaning.Id}\" aria-labelledby=\"title{number}\"><h2 id=\"title{number}\">{number}. {told.Diagnostic.Code} <small>{LintWords.Of(told.Diagnostic.Code)}</small></h2>\n");
        WriteWords(page, told);
        if (pictures.Problem is { } problem)
        {
            page.Write($"<p class=\"bad\">The image cannot be shown: {problem}</p>");
        }
        else
        {
            WriteViews(page, number, told.Finding, pictures);
        }

        WriteMarks(page);
        page.Write($"</article>\n");
    }

    private static void WriteWords(HtmlWriter page, ToldFinding told)
    {
        page.Write($"<p>{told.Diagnostic.Message}</p><p class=\"place\"><bdi>{told.Diagnostic.Location.ToString()}</bdi> · image <bdi>{told.Meaning.Image}</bdi></p>\n");
    }

    private static void WriteMarks(HtmlWriter page) => page.Write($"""
        <p class="marks"><button type="button" data-mark="accept" aria-pressed="false">Accept</button> <button type="button" data-mark="fix" aria-pressed="false">Fix</button></p>
        """);

    private void WriteViews(HtmlWriter page, int number, LabelFinding finding, FindingPictures pictures)
    {
        var (view, image) = (pictures.View, Images[finding.Image]);
        BoundingBox[] neighbours = [.. image.Objects.Index().Where(entry => entry.Index != finding.Object).Select(entry => entry.Item.Box).Where(box => box.IntersectionArea(view.Box) > 0).Take(MostNeighbours)];
        var (labelled, seen) = Boxes(finding);
        page.Write($"<div class=\"views\">");
        WriteView(page, view, LabelWords(finding), svg =>
        {
            svg.Write($"<image id=\"view{number}\" x=\"{view.Left}\" y=\"{view.Top}\" width=\"{view.Width}\" height=\"{view.Height}\" preserveAspectRatio=\"none\" href=\"data:image/jpeg;base64,{Convert.ToBase64String(pictures.Close)}\"/>");
            WriteBoxes(svg, "other", neighbours);
            WriteBoxes(svg, "labelled", labelled);
        });
        WriteView(page, view, SeenWords(finding), svg =>
        {
            svg.Write($"<use href=\"#view{number}\"/>");
            WriteBoxes(svg, "seen", seen);
        });
        WriteView(page, new(0, 0, image.Width, image.Height), "Where it is in the image", svg =>
        {
            svg.Write($"<image width=\"{image.Width}\" height=\"{image.Height}\" preserveAspectRatio=\"none\" href=\"data:image/jpeg;base64,{Convert.ToBase64String(pictures.Whole)}\"/>");
            WriteBoxes(svg, "around", [view.Box]);
        });
        page.Write($"</div>\n");
    }

    private static void WriteView(HtmlWriter page, FindingView view, string words, HtmlPart content) => page.Write($"""
        <figure><div class="picture" style="aspect-ratio:{view.Width}/{view.Height}"><svg role="img" aria-label="{words}" viewBox="{view.Left} {view.Top} {view.Width} {view.Height}">{content}</svg></div><figcaption>{words}</figcaption></figure>

        """);

    private static void WriteBoxes(HtmlWriter page, string style, IEnumerable<BoundingBox> boxes)
    {
        foreach (var box in boxes)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"x=\"{box.Left:0.#}\" y=\"{box.Top:0.#}\" width=\"{Math.Max(box.Width, 0):0.#}\" height=\"{Math.Max(box.Height, 0):0.#}\"");
            page.WriteOwn($"<rect {place} class=\"under\"/><rect {place} class=\"{style}\"/>");
        }
    }

    // Of an object with two labels, the one that fits less is in doubt, and the model sees what the other one says.
    private static (BoundingBox[] Labelled, BoundingBox[] Seen) Boxes(LabelFinding finding) => finding switch
    {
        { Kind: LabelFindingKind.NoLabel } => ([], [finding.Subject.Box]),
        { Suggestion: { } seen } => ([finding.Subject.Box], [seen.Box]),
        _ => ([finding.Subject.Box], []),
    };

    private string LabelWords(LabelFinding finding) => finding.Kind == LabelFindingKind.NoLabel ? "Labels: none here" : $"Label: {Classes[finding.Subject.Label]}";

    private string SeenWords(LabelFinding finding) => finding switch
    {
        { Kind: LabelFindingKind.NoLabel } => $"Model: {Classes[finding.Subject.Label]}",
        { Kind: LabelFindingKind.Twice, Suggestion: { } other } => $"Model: one object, which another label has as {Classes[other.Label]}",
        { Suggestion: { } seen } => $"Model: {Classes[seen.Label]}",
        _ => "Model: no object",
    };
}
