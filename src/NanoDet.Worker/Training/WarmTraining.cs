using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Incremental;
using NanoDet.Pipeline.Stages;
using NanoDet.Training.Loading;
using NanoDet.Training.Loop;

namespace NanoDet.Worker.Training;

/// <summary>Runs a warm start, and then a new training if the warm start made the model worse.</summary>
/// <param name="run">The new training.</param>
/// <param name="lineage">The model to continue from, and what has changed.</param>
/// <param name="train">Trains until the end, or resumes the same training if it was interrupted.</param>
internal sealed class WarmTraining(TrainingRun run, TrainingLineage lineage, Func<TrainingRun, TrainingResult> train)
{
    private readonly string _parent = Path.Combine(run.OutputFolder, Path.GetFileName(OutputFiles.Parent));
    private readonly string _drift = Path.Combine(run.OutputFolder, "drift.json");

    /// <summary>Trains.</summary>
    /// <param name="parent">The weights of the earlier model; a copy that is already in the folder can be used too.</param>
    /// <param name="cancellation">Stops the evaluation.</param>
    /// <returns>How the resulting weights were made.</returns>
    /// <exception cref="NanoDetException">NDB4404: the weights are not those that the lineage names.</exception>
    public TrainingLineage Run(string? parent, CancellationToken cancellation)
    {
        KeepParent(parent);
        var dataset = WarmStart.Emphasize(run.Dataset, lineage);
        var configuration = WarmStart.Configure(run.Configuration, VisitsOfEpoch(run.Dataset), VisitsOfEpoch(dataset));
        var warm = run with
        {
            Dataset = dataset,
            PretrainedHash = null, // The parent is compared with the lineage.
            PretrainedPlace = null,
            Configuration = configuration with { Schedule = configuration.Schedule with { LoadModel = _parent, BackboneWeights = null } },
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

            // Written first, so that it is known after an interruption.
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

    /// <summary>Fails if a file does not contain the weights that the plan saw.</summary>
    /// <exception cref="NanoDetException">NDB4404.</exception>
    public static void RequireWeights([NotNull] string? path, string? digest)
    {
        if (path is null || !Holds(path, digest))
        {
            throw new NanoDetException(IncrementalDiagnostics.WrongParent(path ?? ""));
        }
    }

    private static int VisitsOfEpoch(Dataset dataset) => DataOrder.Length(dataset.Of(DatasetPart.Train));

    private void KeepParent(string? parent)
    {
        if (!Holds(_parent, lineage.Parent))
        {
            RequireWeights(parent, lineage.Parent);
            AtomicFile.Write(_parent, RegularFile.ReadAllBytes(parent));
        }
    }

    private static bool Holds(string path, string? digest) => File.Exists(path) && ContentHash.OfFile(path).ToString() == digest;

    private Drift? ReadDrift()
    {
        try
        {
            return ManifestJson.Read<Drift>(_drift, FolderDiagnostics.IntermediateDamaged);
        }
        catch (NanoDetException)
        {
            return null; // It will be computed again.
        }
    }

    private sealed record Drift(string Identity, double Before, double Now);
}
