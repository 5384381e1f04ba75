using System.Collections.Immutable;
using System.Diagnostics;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Training.Checkpoints;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Loading;
using NanoDet.Training.Native;
using NanoDet.Training.Networks;
using NanoDet.Training.Schedules;
using NanoDet.Training.Weights;
using NanoDet.Vision.Augmentation;
using NanoDet.Vision.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace NanoDet.Training.Loop;

/// <summary>Trains a network like the original, and resumes an earlier run of the same training.</summary>
/// <param name="run">The training.</param>
/// <param name="line">Takes lines for people.</param>
/// <param name="report">Takes warnings, and all errors in pictures but the last.</param>
public sealed class Trainer(TrainingRun run, Action<string> line, Action<Diagnostic> report)
{
    private readonly NanoDetConfiguration _configuration = run.Configuration;
    private readonly ScheduleConfiguration _schedule = run.Configuration.Schedule;
    private readonly TrainingFolder _folder = new(run.OutputFolder);

    /// <summary>A processor takes seconds for a batch; a card takes what all cores can prepare.</summary>
    private int Ahead => run.Device == TrainingDevice.Cuda ? Math.Clamp(Environment.ProcessorCount, 2, 16) : 2;

    /// <summary>Trains until the end.</summary>
    /// <param name="cancellation">Stops the training after the current step, and writes its checkpoint.</param>
    /// <param name="interruptible">
    /// Gets an action that writes the checkpoint from any thread, for a stop that cannot wait for the current step, and
    /// that returns what comes next, in words.
    /// </param>
    /// <exception cref="NanoDetException">NDB4001, NDB4002, NDB4020, NDB4021, and those of pictures, weights and native libraries.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled, and its checkpoint is written.</exception>
    public TrainingResult Train(CancellationToken cancellation, Action<Func<string>>? interruptible = null)
    {
        ImmutableArray<DatasetImage> training = [.. run.Dataset.Of(DatasetPart.Train).Where(image => image.Weight > 0)];
        if (training.IsEmpty)
        {
            throw new NanoDetException(TrainingDiagnostics.NothingToLearn());
        }

        StatisticsPreflight.Require(run);

        // On a separate thread, because the treatment of denormal numbers is set per thread and must be set before libtorch starts its threads.
        return MemoryPreflight.Of(run).Run(() => Task.Factory.StartNew(
            () => Train(training, interruptible, damage: null, cancellation),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).GetAwaiter().GetResult());
    }

    private TrainingResult Train(
        ImmutableArray<DatasetImage> training, Action<Func<string>>? interruptible, string? damage, CancellationToken cancellation)
    {
        Directory.CreateDirectory(run.OutputFolder);
        _folder.DeleteUnfinished();
        var inputs = run.Inputs();
        var earlier = EarlierRun.Find(_folder, inputs, damage, report);
        if (earlier is { State: { Ending: { } ending } state } && ResultFile.IsOf(_folder, inputs.Hash))
        {
            EarlierRun.WriteResult(_folder, earlier);
            line($"the training is already complete: {_folder.Model}");
            return new TrainingResult(ending, state.Position.Epoch, state.Best, _folder.Model);
        }

        var cache = new DecodedImageCache(run.PictureCacheBytes);
        new PictureCheck(run, cache, line, report).Run(cancellation);
        LibTorch.Load(run.Device, run.Arithmetic);
        Denormals.FlushToZero();
        set_num_threads(run.Threads);
        var device = run.Device == TrainingDevice.Cuda ? CUDA : CPU;
        using var network = NetworkFactory.Create(_configuration.Model, _configuration.Seed);
        network.Precision = run.Precision;
        if (earlier is null)
        {
            _folder.Clear();
            LoadWeights(network);
        }
        else
        {
            // It is only there while all other files are complete.
            File.Delete(_folder.Result);
        }

        using var learning = new LearningNetwork(network.to(device), _configuration, device);
        try
        {
            earlier?.Restore(learning.Tensors.All);
        }
        catch (InvalidDataException exception)
        {
            // As it was written, but by a program with other tensors. Left there, it would end every later training too.
            EarlierRun.PutAside(_folder, earlier!.Path);
            return Train(training, interruptible, exception.Message, cancellation);
        }

        using var guard = new StepGuard(
            _folder, run.Dataset.Classes, learning.Tensors, (earlier?.State ?? TrainingState.Beginning(inputs)) with { Stage = run.Stage }, earlier?.Result);
        var plan = new BatchPlan(training, _configuration.BatchSize, _configuration.Seed);
        interruptible?.Invoke(() => guard.Save().InWords(plan.StepsPerEpoch));
        return Train(plan, cache, learning, guard, device, cancellation);
    }

    private TrainingResult Train(
        BatchPlan plan, DecodedImageCache cache, LearningNetwork learning, StepGuard guard, Device device, CancellationToken cancellation)
    {
        BatchAssembler Assembler(InputConfiguration input)
            => new(run.ImageFolder, new OnlineAugmentation(input, _configuration.Seed), cache, device, _configuration.Model.BatchSizeOf(input));

        var assembler = Assembler(_configuration.Train);
        var validation = new Validation(_configuration, [.. run.Dataset.Of(DatasetPart.Validation)], Assembler(_configuration.Validation), Ahead);
        if (validation.HasImages && !validation.Decides(_configuration.SaveKey))
        {
            report(TrainingDiagnostics.NothingToValidate(_configuration.SaveKey, run.Dataset.Of(DatasetPart.Validation).Count()));
        }

        using var prefetcher = new Prefetcher(plan.From(guard.State.Position, _schedule.TotalEpochs), assembler, Ahead);
        var rates = new LearningRateSchedule(_schedule.Warmup, _schedule.LearningRate, plan.StepsPerEpoch);
        using var log = new TrainingLog(_folder, _configuration, plan.StepsPerEpoch, guard.State, line);
        var end = new EpochEnd(run, learning.Judged, device, validation, rates, guard, log);
        var clock = Stopwatch.StartNew();
        var secondsBefore = guard.State.Seconds;
        double Seconds() => _schedule.MaxMinutes is null ? 0 : secondsBefore + clock.Elapsed.TotalSeconds;
        try
        {
            while (!end.IsLast)
            {
                learning.BeginEpoch(guard.State.Position.Epoch);
                while (guard.State.Position.StepInEpoch < plan.StepsPerEpoch)
                {
                    cancellation.ThrowIfCancellationRequested();
                    using var batch = prefetcher.Next()!;
                    using var pause = new FinalizerPause();
                    var step = batch.Position.Step(plan.StepsPerEpoch);
                    guard.Begin();
                    var loss = learning.Learn(batch, step);
                    guard.Commit(() => learning.Update(step, rates), guard.State.AfterStep(loss, Seconds()));
                    log.Step(batch, loss, rates.At(_schedule.Optimizer.LearningRate, step));
                    guard.SaveAfter(run.CheckpointInterval);
                }

                end.Close(Seconds(), cancellation);
            }

            return end.End(clock.Elapsed);
        }
        catch (OperationCanceledException)
        {
            guard.Save();
            throw;
        }
    }

    /// <summary>Loads weights for the backbone and then for the whole network, and reports what happened to each tensor.</summary>
    private void LoadWeights(DetectionNetwork network)
    {
        var tables = new List<string>();
        Load(_schedule.BackboneWeights, run.BackboneWeightsHash, run.BackboneWeightsPlace, (path, weights) => BackboneWeights.Load(path, weights, network));
        Load(_schedule.LoadModel, run.PretrainedHash, run.PretrainedPlace, (path, weights) => ModelWeights.Load(path, weights, network, run.Dataset.Classes));
        if (tables.Count > 0)
        {
            AtomicFile.Write(_folder.WeightReport, System.Text.Encoding.UTF8.GetBytes(string.Join('\n', tables)));
        }

        void Load(string? path, string? planned, SourceLocation? place, Func<string, WeightSet, WeightReport> load)
        {
            if (path is null)
            {
                return;
            }

            if (planned is not null && ContentHash.OfFile(path).ToString() != planned)
            {
                throw new NanoDetException(WeightDiagnostics.ContentChanged(path));
            }

            var result = load(path, WeightFile.Read(path));
            tables.Add($"{result}");
            line($"{path}: {result.Summary} ({_folder.WeightReport})");
            if (result.Shortfall is { } shortfall)
            {
                report(WeightDiagnostics.MostlyNew(place ?? new SourceLocation(path), path, shortfall.Part, shortfall.Loaded, shortfall.Tensors, _folder.WeightReport));
            }

            if (result.FoldedNormalizations > 0)
            {
                report(WeightDiagnostics.Folded(place ?? new SourceLocation(path), path, result.FoldedNormalizations));
            }
        }
    }
}
