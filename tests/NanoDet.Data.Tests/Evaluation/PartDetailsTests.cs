using NanoDet.Core.Geometry;
using NanoDet.Data.Datasets;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Evaluation.Details;

namespace NanoDet.Data.Tests.Evaluation;

public sealed class PartDetailsTests
{
    private static readonly BoundingBox Box = new(0, 0, 100, 100);
    private static readonly BoundingBox Near = new(10, 0, 110, 100); // An IoU of 0.82 with Box.
    private static readonly BoundingBox Far = new(200, 200, 300, 300);

    [Fact]
    public void An_object_is_confused_with_a_class_only_if_no_detection_has_its_own()
    {
        // The detection of class 1 has the higher score and overlaps more, but the object has one of its own class.
        var details = Details([Image("a", new DatasetObject(0, Box))], new(0, 1, Box, 0.9), new(0, 0, Near, 0.6));

        Assert.Equal([new(0, 0, 1), new(null, 1, 1)], details.Confusions);

        var confused = Details([Image("a", new DatasetObject(0, Box))], new EvaluationDetection(0, 1, Near, 0.9));
        Assert.Equal([new Confusion(0, 1, 1)], confused.Confusions);
        var worst = Assert.Single(confused.Worst);
        Assert.Equal(1, worst.Errors);
        Assert.Equal([new(0, Box, null, BoxOutcome.OtherClass) { OtherLabel = 1 }, new JudgedBox(1, Near, 0.9, BoxOutcome.OtherClass) { OtherLabel = 0 }], worst.Boxes);
    }

    [Fact]
    public void What_is_missed_is_in_the_last_column_and_what_is_nothing_in_the_last_row()
    {
        var details = Details([Image("a", new DatasetObject(0, Box))], new(0, 0, Far, 0.9), new(0, 1, Far, 0.4));

        Assert.Equal([new(0, null, 1), new(null, 0, 1)], details.Confusions);
        Assert.Equal(2, Assert.Single(details.Worst).Errors);
    }

    [Fact]
    public void Ignored_objects_and_their_detections_are_in_no_cell_and_are_no_errors()
    {
        var details = Details([Image("a", new DatasetObject(0, Box) { Ignored = true }, new DatasetObject(1, Far))], new(0, 0, Near, 0.9), new(0, 1, Far, 0.9));

        Assert.Equal([new Confusion(1, 1, 1)], details.Confusions);
        Assert.Empty(details.Worst);
        Assert.Equal(0, details.Classes[0].Objects);
    }

    [Fact]
    public void The_matrix_has_the_numbers_of_the_curves()
    {
        var random = new Random(3);
        DatasetImage[] images = [.. Enumerable.Range(0, 40).Select(index => Image($"{index}", [.. Enumerable.Range(0, random.Next(9)).Select(_ => new DatasetObject(random.Next(3), Place(random)))]))];
        EvaluationDetection[] detections = [.. Enumerable.Range(0, 400).Select(_ => new EvaluationDetection(random.Next(40), random.Next(3), Place(random), Math.Round(random.NextDouble(), 2)))];
        const double Threshold = 0.37;
        var details = PartDetails.Of(3, images, detections, Threshold);

        Assert.Contains(details.Confusions, cell => cell.Label is not null && cell.DetectedAs is not null && cell.Label != cell.DetectedAs);
        for (var label = 0; label < 3; label++)
        {
            var (item, right) = (details.Classes[label], details.Confusions.Single(cell => cell.Label == label && cell.DetectedAs == label).Count);
            Assert.Equal(item.Objects, details.Confusions.Where(cell => cell.Label == label).Sum(cell => cell.Count));
            Assert.Equal(detections.Count(found => found.CategoryId == label && found.Score >= Threshold), details.Confusions.Where(cell => cell.DetectedAs == label).Sum(cell => cell.Count));
            Assert.Equal(item.Recall!.Value, right / (double)item.Objects, 12);
            Assert.Equal(item.Precision!.Value, right / (double)details.Confusions.Where(cell => cell.DetectedAs == label).Sum(cell => cell.Count), 12);
        }

        Assert.Equal(PartDetails.MostWorst, details.Worst.Length);
        Assert.Equal(details.Worst.OrderByDescending(image => image.Errors).ThenBy(image => image.Path, StringComparer.Ordinal), details.Worst);
    }

    [Fact]
    public void Of_very_many_boxes_those_that_are_wrong_are_shown()
    {
        var details = Details([Image("a", [.. Enumerable.Repeat(new DatasetObject(0, Box) { Ignored = true }, 5000), new DatasetObject(1, Far)])]);

        var worst = Assert.Single(details.Worst);
        Assert.Equal((1, 400, BoxOutcome.Wrong), (worst.Errors, worst.Boxes.Length, worst.Boxes[0].Outcome));
    }

    [Fact]
    public void A_long_curve_keeps_its_ends_and_no_gap_wider_than_a_hundredth()
    {
        var images = Enumerable.Range(0, 5000).Select(index => Image($"{index}", new DatasetObject(0, Box))).ToArray();
        var detections = images.SelectMany((_, index) => new EvaluationDetection[] { new(index, 0, Box, 1 - (index * 1e-4)), new(index, 0, Far, 0.5 - (index * 1e-5)) }).ToArray();
        var all = Assert.Single(PrecisionRecallCurve.Of([0], EvaluationTruth.Of(images), detections)).Points;
        var kept = PartDetails.Of(1, images, detections, 0.5).Classes[0].Points;

        Assert.Equal(10_000, all.Length);
        Assert.InRange(kept.Length, 100, 400);
        Assert.Equal((all[0], all[^1]), (kept[0], kept[^1]));
        foreach (var (before, next) in kept.Zip(kept.Skip(1)))
        {
            Assert.True(Math.Max(before.Score - next.Score, next.Recall - before.Recall) < 0.011);
        }
    }

    [Fact]
    public void Objects_are_counted_by_the_ranges_of_coco()
    {
        var details = Details([Image("a", new(0, new(0, 0, 32, 32)), new(0, new(0, 0, 33, 33)), new DatasetObject(0, Box) { Area = 9 }, new DatasetObject(0, Far) { Ignored = true })]);

        Assert.Equal([2, 2, 0], details.ObjectsBySize);
        Assert.Equal((null, 0.0, 0.0), (details.Classes[0].Precision, details.Classes[0].Recall, details.Classes[0].F1));
        Assert.Null(details.Classes[1].Recall);
    }

    private static PartDetails Details(DatasetImage[] images, params EvaluationDetection[] detections) => PartDetails.Of(2, images, detections, threshold: 0.5);

    private static DatasetImage Image(string path, params DatasetObject[] objects) => new(path, "", 640, 480, DatasetPart.Validation, [.. objects]);

    // On a coarse grid, so that boxes often overlap.
    private static BoundingBox Place(Random random)
    {
        var (x, y) = (random.Next(4) * 15, random.Next(3) * 80);
        return new(x, y, x + 60, y + 60);
    }
}
