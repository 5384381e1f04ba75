using NanoDet.Data.Diagnostics;
using NanoDet.Worker.Evaluation;
using NanoDet.Worker.Export;
using NanoDet.Worker.Requests;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    switch (args)
    {
        case ["export", var request]:
            ExportStage.Run(RequestJson.Read<ExportRequest>(request));
            return 0;
        case ["evaluate", var request]:
            await EvaluationStage.RunAsync(RequestJson.Read<EvaluationRequest>(request), stop.Token);
            return 0;
        default:
            Console.Error.WriteLine("usage: NanoDet.Worker export|evaluate request.json");
            return 2;
    }
}
catch (DiagnosticException exception)
{
    // The line that MSBuild takes for its own.
    Console.WriteLine(exception.Diagnostic);
    return 1;
}
catch (OperationCanceledException)
{
    return 1;
}
