using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Folders;
using NanoDet.Pipeline.Incremental;
using NanoDet.Pipeline.Requests;
using NanoDet.Pipeline.Stages;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Loading;
using NanoDet.Training.Loop;
using NanoDet.Training.Native;
using NanoDet.Training.Proof;
using NanoDet.Worker.Lifetime;
using NanoDet.Worker.Proof;
using NanoDet.Worker.Requests;

namespace NanoDet.Worker.Training;

/// <summary>Trains a network on images and labels, or resumes a training that was stopped.</summary>
internal static class TrainStage
{
    // A worker whose parent has ended may still write for this long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Trains until the end.</summary>
    /// <param name="request">The request.</param>
    /// <param name="gate">Finds the arithmetic that is correct on this machine.</param>
    /// <param name="stop">Stops the training, which then writes its checkpoint.</param>
    /// <exception cref="NanoDetException">NDB4031: the training was stopped; or any other reason why it cannot continue.</exception>
    /// <returns>The exit code.</returns>
    public static int Run(TrainRequest request, ProofGate gate, StopSignal stop)
    {
        var run = Read(request);
        var decision = request.Decision is { } path ? LineageFile.ReadDecision(path) : null;
        if (decision is { TakesWeights: true })
        {
            Run(run, decision, request, stop);
            return 0;
        }

        StatisticsPreflight.Require(run);
        return Stoppable(() => run.Device == TrainingDevice.Cuda ? OnCard() : OnProcessor(), () => null, stop);

        int OnCard()
        {
            // The process that takes over where a choice is wrong works for this one, which holds the card and has named it.
            using var queue = gate.IsFirst ? CardQueue.Enter(request.Card, stop.Token) : null;
            if (gate.IsFirst)
            {
                CardPin.Apply(request.Card);
            }

            return Prove(proved =>
            {
                Warn(Card.FreeBytes() is { } free ? MemoryPreflight.Of(run).Check(free) : null);
                Run(run with { Proved = proved }, decision, request, stop);
            });
        }

        int OnProcessor()
        {
            if (gate.IsFirst)
            {
                Warn(MemoryPreflight.Of(run).Check(MemoryPreflight.FreeBytes()));
                var isPinned = run.Instructions != InstructionSet.Native;
                Warn(run.Precision == TrainingPrecision.BFloat16 && (isPinned || !Processor.HasBFloat16) ? ArithmeticDiagnostics.MixedPrecisionSlow(Processor.Name, isPinned) : null);
            }

            return Prove(proved => Run(run with { Proved = proved }, decision, request, stop));
        }

        int Prove(Action<ProvedArithmetic> work) => MemoryPreflight.Of(run).Run(() => gate.Run(Subject(run, request.Card), work));
    }

    private static void Warn(Diagnostic? warning)
    {
        if (warning is not null)
        {
            Console.WriteLine(warning);
        }
    }

    private static void Run(TrainingRun run, TrainingDecision? decision, TrainRequest request, StopSignal stop)
    {
        Func<string?> save = () => null;
        Stoppable(Train, () => save(), stop);

        int Train()
        {
            using var folder = FolderLock.Take(request.OutputFolder, Patience, stop.Token, Console.WriteLine);
            if (decision is null)
            {
                TrainOnce(run);
            }
            else
            {
                var lineage = Carry(decision);
                AtomicFile.WriteIfDifferent(Path.Combine(request.OutputFolder, Path.GetFileName(OutputFiles.Lineage)), ManifestJson.Write(lineage));
            }

            return 0;
        }

        TrainingResult TrainOnce(TrainingRun run)
            => new Trainer(run, Console.WriteLine, Console.WriteLine).Train(stop.Token, action => save = () => action());

        TrainingLineage Carry(TrainingDecision decision)
        {
            if (decision.TakesWeights)
            {
                Take(decision, request.Parent, run);
            }
            else if (decision.Lineage.Way == TrainingWay.FineTune)
            {
                return new WarmTraining(run, decision.Lineage, TrainOnce).Run(request.Parent, stop.Token);
            }
            else
            {
                TrainOnce(run);
            }

            return decision.Lineage;
        }
    }

    /// <summary>Copies finished weights instead of training, and deletes everything of another training that could be resumed with them.</summary>
    private static void Take(TrainingDecision decision, string? weights, TrainingRun run)
    {
        WarmTraining.RequireWeights(weights, decision.Weights);
        var folder = new TrainingFolder(run.OutputFolder);
        folder.Clear();
        AtomicFile.Write(folder.Model, RegularFile.ReadAllBytes(weights));
        ResultFile.WriteTaken(folder);
    }

    private static TrainingRun Read(TrainRequest request)
    {
        var configuration = RequestedConfiguration.Read(request.Configuration);
        var dataset = DatasetFile.Read(request.Dataset);
        var images = Math.Max(dataset.Of(DatasetPart.Train).Count(), 1);

        // The plan has checked this and reported warnings; a request that was written by hand has no plan.
        var mistake = EffectiveConfiguration.Check(configuration, dataset.Classes, images, _ => new SourceLocation(request.Configuration))
            .FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        if (mistake is not null)
        {
            throw new NanoDetException(mistake);
        }

        return new TrainingRun
        {
            Configuration = configuration with
            {
                Schedule = configuration.Schedule with
                {
                    LoadModel = request.Pretrained ?? configuration.Schedule.LoadModel,
                    BackboneWeights = request.BackboneWeights ?? configuration.Schedule.BackboneWeights,
                },
            },
            Dataset = dataset,
            ImageFolder = request.ImageFolder,
            OutputFolder = request.OutputFolder,
            Threads = request.Threads,
            Device = request.Device,
            Instructions = request.Instructions,
            Precision = request.Precision,
            UsesTf32 = request.Device == TrainingDevice.Cuda && request.Tf32,
            PictureCacheBytes = request.PictureCacheMegabytes << 20,
            Stage = request.Stage,
            PretrainedHash = request.PretrainedHash,
            PretrainedPlace = request.PretrainedPlace,
            BackboneWeightsHash = request.BackboneWeightsHash,
            BackboneWeightsPlace = request.BackboneWeightsPlace,
            DecodedPictures = request.DecodedPictures,
            CheckpointInterval = TimeSpan.FromSeconds(request.CheckpointSeconds),
        };
    }

    /// <summary>What the training computes: its steps and its validation.</summary>
    private static ProofSubject Subject(TrainingRun run, int card) => new()
    {
        Configuration = run.Configuration,
        TrainingBatch = Math.Min(run.Configuration.BatchSize, Math.Max(DataOrder.Length(run.Dataset.Of(DatasetPart.Train)), 1)),
        DetectionBatch = Validation.BatchSize(run.Configuration, run.Dataset.Of(DatasetPart.Validation).Count()),
        Threads = run.Threads,
        Device = run.Device,
        Card = card,
        Instructions = run.Instructions,
        Precision = run.Precision,
        UsesTf32 = run.UsesTf32,
    };

    /// <summary>Works until it is stopped, and then reports where.</summary>
    /// <param name="work">The work.</param>
    /// <param name="save">Writes the checkpoint and returns what comes next, in words; null if it has not begun.</param>
    /// <param name="stop">Stops the work.</param>
    /// <exception cref="NanoDetException">NDB4031: stopped.</exception>
    private static int Stoppable(Func<int> work, Func<string?> save, StopSignal stop)
    {
        stop.LastWords = () => Console.WriteLine(TrainingDiagnostics.Cancelled(save()));
        try
        {
            return work();
        }
        catch (OperationCanceledException exception)
        {
            throw new NanoDetException(TrainingDiagnostics.Cancelled(save()), exception);
        }
    }
}
