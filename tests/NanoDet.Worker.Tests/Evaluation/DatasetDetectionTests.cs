using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Datasets;
using NanoDet.Data.Labels.Coco;
using NanoDet.Detection;
using NanoDet.Detection.Tests;
using NanoDet.Imaging;
using NanoDet.Testing;
using NanoDet.Worker.Evaluation;

namespace NanoDet.Worker.Tests.Evaluation;

public sealed class DatasetDetectionTests
{
    [Fact]
    public async Task The_official_model_scores_on_COCO_what_the_original_scores()
    {
        var dataset = ReadCoco(SharedData.Path("datasets/coco-tiny/annotations/instances_val2017.json"));
        using var detector = Detector.Load(
            SharedData.Path("models/nanodet-plus-m_416.onnx"), new DetectorOptions { ScoreThreshold = DatasetDetection.ScoreThreshold });

        using var augmented = Detector.Load(
            SharedData.Path("models/nanodet-plus-m_416.onnx"), new DetectorOptions { ScoreThreshold = DatasetDetection.ScoreThreshold, TestTimeAugmentation = true });

        // The model writes traffic_light where COCO writes traffic light.
        dataset = dataset with { Classes = [.. dataset.Classes.Select(name => name.Replace(' ', '_'))] };
        var metrics = await DatasetDetection.EvaluateAsync(
            detector, dataset, DatasetPart.Validation, SharedData.Path("datasets/coco-tiny/val2017"), TestContext.Current.CancellationToken);

        Assert.Equal(0.3612, metrics.AP, 0.005);
        Assert.Equal(0.5257, metrics.AP50, 0.01);

        // Six views of an image show more than one.
        var seen = await DatasetDetection.EvaluateAsync(
            augmented, dataset, DatasetPart.Validation, SharedData.Path("datasets/coco-tiny/val2017"), TestContext.Current.CancellationToken);
        Assert.Equal(0.396, seen.AP, 0.005);
    }

    [Fact]
    public async Task A_model_that_says_the_truth_scores_one_and_foreign_classes_do_not_count()
    {
        using var folder = new TestFolder();
        File.WriteAllBytes(folder["a.png"], ImageEncoder.EncodePng(new PixelImage(64, 64, new byte[64 * 64 * 4])));
        using var detector = TinyModel.Load(new TinyModel(64, 64, ["cell", "dust"]) { Places = { (0, 0, 0.9f), (3, 1, 0.8f) } });
        var found = detector.Detect(folder["a.png"], TestContext.Current.CancellationToken);
        var dataset = new Dataset(
            ["other", "cell"], [new DatasetImage("a.png", "", 64, 64, DatasetPart.Test, [new DatasetObject(1, found[0].Box)])]);

        var metrics = await DatasetDetection.EvaluateAsync(
            detector, dataset, DatasetPart.Test, folder.FullPath, TestContext.Current.CancellationToken);

        Assert.Equal(1, metrics.AP, 6);
    }

    [Fact]
    public async Task A_picture_that_cannot_be_decoded_ends_the_judging()
    {
        using var folder = new TestFolder();
        folder.Write("a.png", "no picture");
        using var detector = TinyModel.Load(new TinyModel(64, 64, ["cell"]));
        var dataset = new Dataset(["cell"], [new DatasetImage("a.png", "", 64, 64, DatasetPart.Test, [])]);

        await Assert.ThrowsAsync<NanoDetException>(() => DatasetDetection.EvaluateAsync(
            detector, dataset, DatasetPart.Test, folder.FullPath, TestContext.Current.CancellationToken));
    }

    private static Dataset ReadCoco(string path)
    {
        var document = CocoReader.Read(path);
        var categories = document.Categories.OrderBy(category => category.Id).ToList();
        var labels = categories.Index().ToDictionary(entry => entry.Item.Id, entry => entry.Index);
        var objects = document.Annotations.ToLookup(annotation => annotation.ImageId, annotation => new DatasetObject(
            labels[annotation.CategoryId],
            new BoundingBox(annotation.X, annotation.Y, annotation.X + annotation.Width, annotation.Y + annotation.Height))
        {
            Crowd = annotation.Crowd,
            Ignored = annotation.Crowd,
            Area = annotation.Area,
        });
        return new Dataset(
            [.. categories.Select(category => category.Name)],
            [.. document.Images.Select(image => new DatasetImage(
                image.FileName, "", image.Width!.Value, image.Height!.Value, DatasetPart.Validation, [.. objects[image.Id]]))]);
    }
}
