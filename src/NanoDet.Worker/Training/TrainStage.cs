using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Training.Loading;
using NanoDet.Training.Loop;
using NanoDet.Worker.Lifetime;
using NanoDet.Worker.Requests;

namespace NanoDet.Worker.Training;

/// <summary>Images and labels in, weights out; a training that was stopped goes on.</summary>
internal static class TrainStage
{
    // As long as a worker whose parent is gone may still write.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Trains to the end.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="stop">Ends the training; its checkpoint is written then.</param>
    /// <exception cref="DiagnosticException">NDB4031: stopped; or anything that keeps a training from working.</exception>
    public static void Run(TrainRequest request, StopSignal stop)
    {
        Func<TrainingPosition> save = () => default;
        stop.LastWords = () => Console.WriteLine(Stopped(save()));
        try
        {
            using var gate = FolderLock.Take(request.OutputFolder, Patience, stop.Token);
            new Trainer(Read(request), Console.WriteLine, Console.WriteLine).Train(stop.Token, action => save = action);
        }
        catch (OperationCanceledException exception)
        {
            throw new DiagnosticException(Stopped(save()), exception);
        }
    }

    private static TrainingRun Read(TrainRequest request)
    {
        var configuration = RequestedConfiguration.Read(request.Configuration);
        var dataset = DatasetFile.Read(request.Dataset);
        var images = Math.Max(dataset.Of(DatasetPart.Train).Count(), 1);

        // The plan has checked this and told the warnings; a request that was written by hand comes without a plan.
        var mistake = EffectiveConfiguration.Check(configuration, dataset.Classes, images, _ => new SourceLocation(request.Configuration))
            .FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        if (mistake is not null)
        {
            throw new DiagnosticException(mistake);
        }

        return new TrainingRun
        {
            Configuration = configuration with
            {
                Schedule = configuration.Schedule with { LoadModel = request.Pretrained ?? configuration.Schedule.LoadModel },
            },
            Dataset = dataset,
            ImageFolder = request.ImageFolder,
            OutputFolder = request.OutputFolder,
            Threads = request.Threads,
            Device = request.Device,
            PictureCacheBytes = request.PictureCacheMegabytes << 20,
            CheckpointInterval = TimeSpan.FromSeconds(request.CheckpointSeconds),
        };
    }

    private static Diagnostic Stopped(TrainingPosition next) => TrainingDiagnostics.Cancelled(next.Epoch + 1, next.StepInEpoch + 1);
}
