using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Pipeline.Requests;
using NanoDet.Training.Native;
using NanoDet.Training.Proof;
using NanoDet.Worker.Augmentation;
using NanoDet.Worker.Evaluation;
using NanoDet.Worker.Export;
using NanoDet.Worker.Lifetime;
using NanoDet.Worker.Linting;
using NanoDet.Worker.Preview;
using NanoDet.Worker.Proof;
using NanoDet.Worker.Training;

if (Console.IsOutputRedirected)
{
    // A program that reads the pipe must not depend on the code page of the system.
    Console.SetOut(new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true });
}

AllocatorTuning.Apply();
ThreadWaiting.Apply();
var failures = args is [.., ProofGate.Option, var file] ? VerdictFile.Read<Discrepancy[]>(file) ?? [] : [];
var own = args is [.., ProofGate.Option, _] ? args[..^2] : args;
var isAttached = own is [.., WorkerVerb.Attached];
using var stop = new StopSignal(isAttached);
var gate = new ProofGate(own, [.. failures], stop);
try
{
    switch (isAttached ? own[..^1] : own)
    {
        case [WorkerVerb.Augment, var request]:
            AugmentStage.Run(RequestJson.Read<AugmentRequest>(request), stop.Token);
            break;
        case [WorkerVerb.Preview, var request]:
            PreviewStage.Run(RequestJson.Read<PreviewRequest>(request), stop.Token);
            break;
        case [WorkerVerb.Train, var request]:
            return TrainStage.Run(RequestJson.Read<TrainRequest>(request), gate, stop);
        case [WorkerVerb.Export, var request]:
            return ExportStage.Run(RequestJson.Read<ExportRequest>(request), gate, stop.Token);
        case [WorkerVerb.Evaluate, var request]:
            await EvaluationStage.RunAsync(RequestJson.Read<EvaluationRequest>(request), stop.Token);
            break;
        case [WorkerVerb.Lint, var request]:
            await LintStage.RunAsync(RequestJson.Read<LintRequest>(request), stop.Token);
            break;
        case [WorkerVerb.Findings, var request]:
            FindingsStage.Run(RequestJson.Read<FindingsRequest>(request), stop.Token);
            break;
        default:
            Console.Error.WriteLine("usage: NanoDet.Worker augment|preview|train|export|evaluate|lint|findings request.json [--attached]");
            return 2;
    }

    return 0;
}
catch (NanoDetException exception)
{
    return Fail(exception.Diagnostic);
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    return Fail(FolderDiagnostics.NotAccessible(exception.Message));
}
catch (OperationCanceledException)
{
    return 1;
}

int Fail(Diagnostic diagnostic)
{
    stop.Dispose();
    // The form of a line that MSBuild recognises.
    Console.WriteLine(diagnostic);
    return 1;
}
