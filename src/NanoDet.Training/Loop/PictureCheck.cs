using System.Collections.Concurrent;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Vision.Images;

namespace NanoDet.Training.Loop;

/// <summary>
/// Decodes every picture of the data set before the first step, so that a damaged one is reported now and not at the validation
/// after hours of training: its repair makes the data another one, and the training begins anew. Each content is decoded once.
/// </summary>
/// <param name="run">The training.</param>
/// <param name="cache">Keeps what it has room for, so that the first epoch need not decode it again.</param>
/// <param name="line">Takes lines for people.</param>
/// <param name="report">Takes the errors but the last.</param>
internal sealed class PictureCheck(TrainingRun run, DecodedImageCache cache, Action<string> line, Action<Diagnostic> report)
{
    private const int MostErrors = 20;
    private const int Many = 1000;

    /// <summary>Decodes those pictures that are not known to decode.</summary>
    /// <exception cref="NanoDetException">NDB1200 to NDB1204, NDB1206: a picture is damaged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what was decoded until then is remembered.</exception>
    public void Run(CancellationToken cancellation)
    {
        var known = DecodedPictures.Open(run.DecodedPictures);
        var unknown = run.Dataset.Images.Where(image => !known.Contains(image.ContentHash)).DistinctBy(image => image.ContentHash).ToList();
        if (unknown.Count == 0)
        {
            return;
        }

        if (unknown.Count >= Many)
        {
            line(FormattableString.Invariant($"decoding {unknown.Count} pictures, to see before the training whether any is damaged"));
        }

        var errors = new ConcurrentBag<Diagnostic>();
        try
        {
            Parallel.ForEach(unknown, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = run.Threads }, image =>
            {
                try
                {
                    cache.Load(image, ProjectPath.Full(run.ImageFolder, image.Path));
                    known.Add(image.ContentHash);
                }
                catch (NanoDetException exception)
                {
                    errors.Add(exception.Diagnostic);
                }
            });
        }
        finally
        {
            known.Save();
        }

        if (errors.OrderBy(error => error.Location?.File, StringComparer.Ordinal).Take(MostErrors).ToList() is [.. var first, var last])
        {
            first.ForEach(report);
            throw new NanoDetException(last);
        }
    }
}
