using System.Collections.Immutable;
using System.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Training.Checkpoints;
using NanoDet.Training.Loading;
using NanoDet.Training.Models;
using NanoDet.Training.Native;
using NanoDet.Training.Optimization;
using NanoDet.Training.Schedules;
using NanoDet.Training.Weights;
using NanoDet.Vision.Augmentation;
using NanoDet.Vision.Images;
using TorchSharp;
using static TorchSharp.torch;
using Optimizer = NanoDet.Training.Optimization.Optimizer;

namespace NanoDet.Training.Loop;

/// <summary>Trains a network as the original does, and goes on where an earlier run of the same training stopped.</summary>
/// <param name="run">What is trained.</param>
/// <param name="line">Takes lines for people.</param>
/// <param name="report">Takes warnings.</param>
public sealed class Trainer(TrainingRun run, Action<string> line, Action<Diagnostic> report)
{
    private readonly NanoDetConfiguration _configuration = run.Configuration;
    private readonly ScheduleConfiguration _schedule = run.Configuration.Schedule;
    private readonly EndingRule _ending = new(run.Configuration.Schedule);
    private readonly TrainingFolder _folder = new(run.OutputFolder);

    /// <summary>Trains to the end.</summary>
    /// <param name="cancellation">Ends the training after the current step; its checkpoint is written then.</param>
    /// <param name="interruptible">
    /// Is handed an action that writes the checkpoint from any thread, for an end that cannot wait for the current step, and
    /// that gives the step that comes next.
    /// </param>
    /// <exception cref="DiagnosticException">NDB4001, NDB4010, NDB4020, NDB4021, and those of weights and native libraries.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled, and its checkpoint is written.</exception>
    public TrainingResult Train(CancellationToken cancellation, Action<Func<TrainingPosition>>? interruptible = null)
    {
        ImmutableArray<DatasetImage> training = [.. run.Dataset.Of(DatasetPart.Train).Where(image => image.Weight > 0)];
        if (training.IsEmpty)
        {
            throw new DiagnosticException(TrainingDiagnostics.NothingToLearn());
        }

        var memory = new MemoryPreflight(_configuration, training, run.PictureCacheBytes);
        try
        {
            return Train(training, memory, interruptible, cancellation);
        }
        catch (Exception exception) when (memory.Explain(exception) is { } diagnostic)
        {
            throw new DiagnosticException(diagnostic, exception);
        }
    }

    private TrainingResult Train(
        ImmutableArray<DatasetImage> training, MemoryPreflight memory, Action<Func<TrainingPosition>>? interruptible, CancellationToken cancellation)
    {
        // Where an earlier run stopped.
        Directory.CreateDirectory(run.OutputFolder);
        _folder.DeleteUnfinished();
        var identity = run.Identity();
        var state = Earlier(identity);
        if (state is { Ending: { } ending } && File.Exists(_folder.Result))
        {
            line($"the training is done already: {_folder.Model}");
            return new TrainingResult(ending, state.Position.Epoch, state.Best, _folder.Model);
        }

        if (run.Device == TrainingDevice.Cpu && memory.Check(MemoryPreflight.FreeBytes()) is { } warning)
        {
            report(warning);
        }

        // The network, its average and the optimizer.
        LibTorch.Load(run.Device, run.Instructions);
        set_num_threads(run.Threads);
        random.manual_seed(_configuration.Seed);
        var device = run.Device == TrainingDevice.Cuda ? CUDA : CPU;
        using var network = NetworkFactory.Create(_configuration.Model, _configuration.Seed);
        if (state is null)
        {
            _folder.Clear();
            LoadPretrained(network);
        }

        network.to(device);
        var frozen = new FrozenParts(network, _schedule.Freeze);
        frozen.Freeze();
        using var optimizer = Optimizer.Create(_schedule.Optimizer, ParameterSetting.Of(network, _schedule.Optimizer));
        using var average = _configuration.Model.MovingAverageDecay is { } decay
            ? new MovingAverage<DetectionNetwork>(network, NetworkFactory.Create(_configuration.Model, _configuration.Seed).to(device), decay)
            : null;
        var judged = average?.Module ?? network;
        var gradients = new GradientStep(network, optimizer, device, _configuration.GradientClip);

        var tensors = new TrainingTensors(network, average?.Module, optimizer);
        if (state is not null)
        {
            Checkpoint.Load(_folder.Checkpoint, tensors.All);
        }

        using var guard = new StepGuard(_folder.Checkpoint, run.Dataset.Classes, tensors, state ?? TrainingState.Beginning(identity));
        interruptible?.Invoke(guard.Save);

        // The data.
        var plan = new BatchPlan(training, _configuration.BatchSize, _configuration.Seed);
        var cache = new DecodedImageCache(run.PictureCacheBytes);
        var assembler = new BatchAssembler(run.ImageFolder, new OnlineAugmentation(_configuration.Train, _configuration.Seed), cache, report);
        var validation = new Validation(
            _configuration, [.. run.Dataset.Of(DatasetPart.Validation)],
            new BatchAssembler(run.ImageFolder, new OnlineAugmentation(_configuration.Validation, _configuration.Seed), cache, report: null));
        using var prefetcher = new Prefetcher(plan, assembler, guard.State.Position, _schedule.TotalEpochs);

        // The loop.
        var rates = new LearningRateSchedule(_schedule.Warmup, _schedule.LearningRate, plan.StepsPerEpoch);
        using var log = new TrainingLog(_folder, _configuration, plan.StepsPerEpoch, guard.State, line);
        var clock = Stopwatch.StartNew();
        var saved = clock.Elapsed;
        var secondsBefore = guard.State.Seconds;
        double Seconds() => _schedule.MaxMinutes is null ? 0 : secondsBefore + clock.Elapsed.TotalSeconds;
        try
        {
            while (_ending.At(guard.State) is null)
            {
                frozen.Train();
                while (guard.State.Position.StepInEpoch < plan.StepsPerEpoch)
                {
                    cancellation.ThrowIfCancellationRequested();
                    using var batch = prefetcher.Next()!;
                    using var pause = new FinalizerPause();
                    var step = batch.Position.Step(plan.StepsPerEpoch);
                    guard.Begin();
                    var loss = gradients.Learn(batch);
                    guard.Commit(
                        () =>
                        {
                            optimizer.Step(step, parameter => rates.At(parameter.LearningRate, step));
                            average?.Update(step);
                        },
                        guard.State.AfterStep(loss, Seconds()));
                    log.Step(batch, loss, rates.At(_schedule.Optimizer.LearningRate, step));
                    if (clock.Elapsed - saved > run.CheckpointInterval)
                    {
                        guard.Save();
                        saved = clock.Elapsed;
                    }
                }

                CloseEpoch(guard, judged, validation, device, rates, plan, log, Seconds(), cancellation);
                saved = clock.Elapsed;
            }

            return End(guard, judged, log, clock.Elapsed);
        }
        catch (OperationCanceledException)
        {
            guard.Save();
            throw;
        }
    }

    private void CloseEpoch(
        StepGuard guard, DetectionNetwork judged, Validation validation, Device device, LearningRateSchedule rates, BatchPlan plan,
        TrainingLog log, double seconds, CancellationToken cancellation)
    {
        var state = guard.State;
        var epoch = state.Position.Epoch;
        var isDue = _ending.IsOutOfTime(seconds) || (epoch + 1) % _schedule.ValidationInterval == 0 || epoch + 1 == _schedule.TotalEpochs;
        var metrics = isDue && validation.HasImages ? validation.Run(judged, device, cancellation) : null;
        var best = state.Best;
        if (metrics?.Figure(_configuration.SaveKey) is { } figure && !(figure <= best?.Figure))
        {
            best = new BestEpoch(epoch, figure);
            Export(judged, _folder.Model);
        }

        var figures = new EpochFigures(
            epoch,
            rates.At(_schedule.Optimizer.LearningRate, state.Position.Step(plan.StepsPerEpoch) - 1),
            [.. state.LossSums.Select(sum => sum with { Value = sum.Value / plan.StepsPerEpoch })],
            metrics?.Stats ?? []);
        guard.Commit(state with { Position = new(epoch + 1, 0), LossSums = [], Best = best, History = state.History.Add(figures), Seconds = seconds });
        log.Epoch(guard.State, metrics);
        guard.Save();
    }

    private TrainingResult End(StepGuard guard, DetectionNetwork judged, TrainingLog log, TimeSpan time)
    {
        var state = guard.State with { Ending = _ending.At(guard.State) };
        Export(judged, _folder.Last);
        if (state.Best is null)
        {
            Export(judged, _folder.Model);
        }

        guard.Commit(state);
        guard.Save();
        var result = new TrainingResult(state.Ending!.Value, state.Position.Epoch, state.Best, _folder.Model);
        log.End(result);
        ResultFile.Write(_folder, state, time);
        return result;
    }

    /// <summary>What an earlier run of this training has reached; null where there was none, or what it leaves cannot be used.</summary>
    private TrainingState? Earlier(string identity)
    {
        var state = Checkpoint.ReadState(_folder.Checkpoint);
        if (state is not null && state.Identity != identity)
        {
            // With one that is done nothing is lost.
            if (state.Ending is null)
            {
                report(TrainingDiagnostics.ForeignCheckpoint(_folder.Checkpoint));
            }

            return null;
        }

        // The best weights so far are in the model alone, and a result that was put here since came with a model of its own.
        return !ResultFile.IsOfAnother(_folder, identity) && (state?.Best is null || File.Exists(_folder.Model)) ? state : null;
    }

    private void Export(DetectionNetwork network, string path)
        => SafetensorsWriter.Write(path, ModelWeights.Export(StateDict.Of(network), run.Dataset.Classes));

    /// <summary>Loads the weights that training begins with, and tells what became of them.</summary>
    private void LoadPretrained(DetectionNetwork network)
    {
        if (_schedule.LoadModel is { } path)
        {
            var result = ModelWeights.Load(path, WeightFile.Read(path), network, run.Dataset.Classes);
            AtomicFile.Write(_folder.WeightReport, System.Text.Encoding.UTF8.GetBytes(result.ToString()));
            line($"{path}: {result.Summary}");
        }
    }
}
