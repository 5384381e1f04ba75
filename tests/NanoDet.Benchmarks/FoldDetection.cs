using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Linting;
using NanoDet.Detection;
using NanoDet.Training.Export;
using NanoDet.Training.Loop;
using NanoDet.Worker.Evaluation;
using NanoDet.Worker.Export;
using NanoDet.Worker.Linting;

namespace NanoDet.Benchmarks;

/// <summary>Trains the model of a fold as a build does, and detects in the images that it has not seen.</summary>
/// <param name="run">The training of the whole part; each fold is trained like it, in a folder of its own below the run's.</param>
/// <param name="line">Takes lines for people.</param>
internal sealed class FoldDetection(TrainingRun run, Action<string> line)
{
    /// <summary>Trains and detects.</summary>
    /// <param name="fold">The fold, from 0.</param>
    /// <returns>Detections whose image id is the index among the images of the data set.</returns>
    public async Task<ImmutableArray<EvaluationDetection>> RunAsync(int fold)
    {
        var images = run.Dataset.Images;
        int[] held = [.. Enumerable.Range(0, images.Length).Where(index => Folds.Of(images[index]) == fold)];
        line(string.Create(CultureInfo.InvariantCulture, $"fold {fold + 1} of {Folds.Count}, {held.Length} images to look at"));
        using var detector = Train(fold);
        var detections = await DatasetDetection.DetectAsync(
            detector, run.Dataset.Classes, [.. held.Select(index => images[index])], run.ImageFolder, null, CancellationToken.None);
        return [.. detections.Select(one => one with { ImageId = held[(int)one.ImageId] })];
    }

    private Detector Train(int fold)
    {
        var half = run with
        {
            Configuration = Folds.ConfigurationOf(run.Configuration),
            Dataset = Folds.TrainingOf(run.Dataset, fold),
            OutputFolder = Path.Combine(run.OutputFolder, string.Create(CultureInfo.InvariantCulture, $"fold{fold + 1}")),
        };
        var result = new Trainer(half, line, Console.WriteLine).Train(CancellationToken.None);
        using var network = TrainedNetwork.Load(half.Configuration.Model, result.ModelPath, run.Dataset.Classes);
        return Detector.Load(
            OnnxExporter.Export(network, half.Configuration.MetadataFor(run.Dataset.Classes)), "fold.onnx", LintStage.Options(run.Threads));
    }
}
