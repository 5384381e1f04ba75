using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Incremental;
using NanoDet.Training.Loading;
using NanoDet.Training.Loop;

namespace NanoDet.Worker.Training;

/// <summary>Trains on from an earlier model, and from scratch after all where that makes it worse.</summary>
/// <param name="run">The training from scratch.</param>
/// <param name="lineage">What it goes on from, and what changed since.</param>
/// <param name="train">Trains to the end, or goes on where an interrupted training of the same stopped.</param>
internal sealed class WarmTraining(TrainingRun run, TrainingLineage lineage, Func<TrainingRun, TrainingResult> train)
{
    private readonly string _parent = Path.Combine(run.OutputFolder, Path.GetFileName(LineageFile.Parent));
    private readonly string _drift = Path.Combine(run.OutputFolder, "drift.json");

    /// <summary>Trains.</summary>
    /// <param name="parent">The earlier model's weights; a copy that is in the folder already is as good.</param>
    /// <param name="cancellation">Ends the judging.</param>
    /// <returns>How the weights came about in the end.</returns>
    /// <exception cref="DiagnosticException">NDB4404: the weights are not those that the lineage names.</exception>
    public TrainingLineage Run(string? parent, CancellationToken cancellation)
    {
        KeepParent(parent);
        var dataset = WarmStart.Emphasize(run.Dataset, lineage);
        var configuration = WarmStart.Configure(run.Configuration, VisitsOfEpoch(run.Dataset), VisitsOfEpoch(dataset));
        var warm = run with
        {
            Dataset = dataset,
            Configuration = configuration with { Schedule = configuration.Schedule with { LoadModel = _parent } },
        };
        var identity = warm.Identity();
        var drift = ReadDrift();
        if (drift?.Identity != identity)
        {
            var result = train(warm);
            var guard = new DriftGuard(run, lineage.KnownClasses);
            var (before, now) = (guard.Judge(_parent, cancellation), guard.Judge(result.ModelPath, cancellation));
            if (!(before - now > lineage.Tolerance))
            {
                return lineage with { ParentMap = before, Map = now };
            }

            // First of all, so that a build which is interrupted from here on knows it.
            drift = new Drift(identity, before!.Value, now!.Value);
            AtomicFile.Write(_drift, ManifestJson.Write(drift));
        }

        var reason = string.Create(
            CultureInfo.InvariantCulture,
            $"the warm start lowered mAP from {drift.Before:F4} to {drift.Now:F4}, and NanoDetIncrementalTolerance is {lineage.Tolerance}");
        Console.WriteLine($"a new training starts: {reason}");
        train(run);
        File.Delete(_parent);
        return TrainingLineage.Scratch(reason);
    }

    /// <summary>Fails where a file does not hold the weights that were decided about.</summary>
    /// <exception cref="DiagnosticException">NDB4404.</exception>
    public static void RequireWeights([NotNull] string? path, string? digest)
    {
        if (path is null || !Holds(path, digest))
        {
            throw new DiagnosticException(IncrementalDiagnostics.WrongParent(path ?? ""));
        }
    }

    private static int VisitsOfEpoch(Dataset dataset) => DataOrder.Length(dataset.Of(DatasetPart.Train));

    private void KeepParent(string? parent)
    {
        if (!Holds(_parent, lineage.Parent))
        {
            RequireWeights(parent, lineage.Parent);
            AtomicFile.Write(_parent, File.ReadAllBytes(parent));
        }
    }

    private static bool Holds(string path, string? digest) => File.Exists(path) && ContentHash.OfFile(path).ToString() == digest;

    private Drift? ReadDrift()
    {
        try
        {
            return ManifestJson.Read<Drift>(_drift, FolderDiagnostics.IntermediateDamaged);
        }
        catch (DiagnosticException)
        {
            return null; // Then it will be found out again.
        }
    }

    private sealed record Drift(string Identity, double Before, double Now);
}
