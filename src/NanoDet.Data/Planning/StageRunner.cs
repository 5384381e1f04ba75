using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Data.Planning;

/// <summary>Runs a stage that the plan asked for: whole, once, and by one build at a time.</summary>
/// <param name="OutputFolder">The folder of the plan.</param>
/// <param name="Patience">How long to wait for another build.</param>
public sealed record StageRunner(string OutputFolder, TimeSpan Patience)
{
    /// <summary>Makes the outputs of a stage from the data set, and records what they were made from.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="make">Gives the outputs by their names in the output folder.</param>
    /// <param name="cancellation">Ends the wait for another build.</param>
    /// <returns>Whether it ran; another build may have done it in the meantime.</returns>
    /// <exception cref="DiagnosticException">NDB9050, NDB9051 or NDB9053.</exception>
    public bool Run(string stage, Func<Dataset, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> make, CancellationToken cancellation)
    {
        try
        {
            using var gate = FolderLock.Take(OutputFolder, Patience, cancellation);
            var wantedPath = StageRecord.WantedPath(OutputFolder, stage);
            var wanted = StageRecord.ReadInputs(wantedPath)
                ?? throw new DiagnosticException(FolderDiagnostics.IntermediateDamaged(wantedPath, "it is not what the plan wrote"));
            var donePath = StageRecord.DonePath(OutputFolder, stage);
            var done = StageRecord.Read(donePath);
            if (done?.Key == wanted.Hash && done.Outputs.All(IsIntact))
            {
                return false;
            }

            var outputs = make(DatasetFile.Read(Path.Combine(OutputFolder, Planner.DatasetName)));
            File.Delete(donePath);
            foreach (var (name, content) in outputs)
            {
                AtomicFile.WriteIfDifferent(Path.Combine(OutputFolder, name), content);
            }

            foreach (var stale in done?.Outputs.Keys.Except(outputs.Keys) ?? [])
            {
                File.Delete(Path.Combine(OutputFolder, stale));
            }

            StageRecord.Write(donePath, wanted, outputs.Select(output => KeyValuePair.Create(output.Key, ContentHash.Of(output.Value.Span).ToString())));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(FolderDiagnostics.NotAccessible(exception.Message), exception);
        }
    }

    private bool IsIntact(KeyValuePair<string, string> output)
        => Path.Combine(OutputFolder, output.Key) is var path && File.Exists(path) && ContentHash.OfFile(path).ToString() == output.Value;
}
