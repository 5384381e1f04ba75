using System.Diagnostics;
using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Cuda.Reporting;
using NanoDet.Cuda.Trainings;
using NanoDet.Pipeline.Requests;
using NanoDet.Training.Native;
using NanoDet.Training.Proof;
using NanoDet.Worker.Lifetime;
using NanoDet.Worker.Proof;
using NanoDet.Worker.Training;

namespace NanoDet.Cuda.Processes;

/// <summary>The worker's training, and what memory it took.</summary>
internal static class OneTraining
{
    /// <summary>Trains.</summary>
    /// <param name="request">The worker's request.</param>
    /// <param name="figures">The file for <see cref="MemoryFigures"/>.</param>
    /// <param name="takenOver">What the proof of arithmetic adds where this process goes on with another choice; it is none at first.</param>
    public static int Run(string request, string figures, string[] takenOver)
    {
        AllocatorTuning.Apply();
        ThreadWaiting.Apply();
        var failures = takenOver is [.., ProofGate.Option, var file] ? VerdictFile.Read<Discrepancy[]>(file) ?? [] : [];
        using var stop = new StopSignal(isAttached: takenOver.Contains(WorkerVerb.Attached));
        try
        {
            var code = TrainStage.Run(RequestJson.Read<TrainRequest>(request), new ProofGate([InnerVerb.Train, request, figures], [.. failures], stop), stop);
            // The process that was gone on in has written it already.
            if (code == 0 && !File.Exists(figures))
            {
                using var process = Process.GetCurrentProcess();
                File.WriteAllText(figures, JsonSerializer.Serialize(new MemoryFigures(process.PeakWorkingSet64, Card.FreeBytes()), Report.Json));
            }

            return code;
        }
        catch (NanoDetException exception)
        {
            Console.WriteLine(exception.Diagnostic);
            return 1;
        }
    }
}
