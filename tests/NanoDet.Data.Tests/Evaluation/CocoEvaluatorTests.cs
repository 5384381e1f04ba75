using CsCheck;
using NanoDet.Core.Geometry;
using NanoDet.Data.Datasets;
using NanoDet.Data.Evaluation;

namespace NanoDet.Data.Tests.Evaluation;

public sealed class CocoEvaluatorTests
{
    private static readonly BoundingBox Box = new(0, 0, 100, 100); // 10,000 square pixels: large
    private static readonly BoundingBox Far = new(200, 200, 300, 300);

    [Fact]
    public void Everything_found_exactly_gives_one()
    {
        var metrics = CocoEvaluator.Evaluate([7], [new(1, 7, Box), new(1, 7, Far)], [new(1, 7, Box, 0.9), new(1, 7, Far, 0.8)]);

        Assert.Equal([1, 1, 1, -1, -1, 1, 0.5, 1, 1, -1, -1, 1], metrics.Stats);
        Assert.Equal([new ClassMetrics(7, 1, 1)], metrics.Classes);
    }

    [Fact]
    public void An_overlap_of_64_percent_counts_up_to_the_threshold_of_060()
    {
        var metrics = CocoEvaluator.Evaluate([1], [new(1, 1, Box)], [new(1, 1, new(0, 0, 80, 80), 0.9)]);

        Assert.Equal(0.3, metrics.AP, 12); // 0.50, 0.55 and 0.60 of ten thresholds
        Assert.Equal(1, metrics.AP50);
        Assert.Equal(0, metrics.AP75);
        Assert.Equal(0.3, metrics.AR100, 12);
    }

    [Fact]
    public void A_false_alarm_ahead_halves_the_precision_and_one_behind_costs_nothing()
    {
        Assert.Equal(0.5, CocoEvaluator.Evaluate([1], [new(1, 1, Box)], [new(1, 1, Far, 0.9), new(1, 1, Box, 0.8)]).AP, 12);
        Assert.Equal(1, CocoEvaluator.Evaluate([1], [new(1, 1, Box)], [new(1, 1, Far, 0.7), new(1, 1, Box, 0.8)]).AP, 12);
    }

    [Fact]
    public void A_false_alarm_in_an_image_without_objects_counts()
        => Assert.Equal(0.5, CocoEvaluator.Evaluate([1], [new(1, 1, Box)], [new(2, 1, Box, 0.9), new(1, 1, Box, 0.8)]).AP, 12);

    [Fact]
    public void Half_of_the_objects_found_fills_51_of_101_recall_points()
        => Assert.Equal(51.0 / 101, CocoEvaluator.Evaluate([1], [new(1, 1, Box), new(1, 1, Far)], [new(1, 1, Box, 0.9)]).AP, 12);

    [Fact]
    public void A_second_detection_of_the_same_object_is_a_false_alarm_unless_the_object_is_a_crowd()
    {
        EvaluationDetection[] detections = [new(1, 1, Box, 0.9), new(1, 1, Box, 0.8), new(1, 1, Far, 0.7)];

        Assert.Equal(
            (51 + 50 * 2.0 / 3) / 101,
            CocoEvaluator.Evaluate([1], [new(1, 1, Box), new(1, 1, Far)], detections).AP, 12);
        Assert.Equal(1, CocoEvaluator.Evaluate([1], [new(1, 1, Box) { Crowd = true }, new(1, 1, Far)], detections).AP, 12);
    }

    [Fact]
    public void A_crowd_is_matched_by_the_share_of_the_detection_inside_it()
    {
        var crowd = new EvaluationTruth(1, 1, new(0, 0, 1000, 1000)) { Crowd = true };

        Assert.Equal(1, CocoEvaluator.Evaluate([1], [crowd, new(2, 1, Box)], [new(1, 1, Far, 0.9), new(2, 1, Box, 0.8)]).AP, 12);
    }

    [Fact]
    public void An_ignored_object_is_neither_a_miss_nor_a_false_alarm()
    {
        EvaluationTruth[] truths = [new(1, 1, Box) { Ignored = true }, new(1, 1, Far)];

        Assert.Equal(1, CocoEvaluator.Evaluate([1], truths, [new(1, 1, Far, 0.8)]).AP, 12);
        Assert.Equal(1, CocoEvaluator.Evaluate([1], truths, [new(1, 1, Box, 0.9), new(1, 1, Far, 0.8)]).AP, 12);
    }

    [Fact]
    public void The_given_area_and_not_the_box_decides_the_size_range()
    {
        var metrics = CocoEvaluator.Evaluate([1], [new(1, 1, Box) { Area = 1000 }], [new(1, 1, Box, 0.9)]);

        Assert.Equal((1, -1, -1), (metrics.APSmall, metrics.APMedium, metrics.APLarge));
    }

    [Fact]
    public void Only_the_best_hundred_detections_of_an_image_count()
    {
        var detections = Enumerable.Range(0, 100).Select(i => new EvaluationDetection(1, 1, Far, 0.9)).ToList();
        Assert.Equal(0, CocoEvaluator.Evaluate([1], [new(1, 1, Box)], [.. detections, new(1, 1, Box, 0.8)]).AR100);

        detections.RemoveAt(0);
        Assert.Equal(1, CocoEvaluator.Evaluate([1], [new(1, 1, Box)], [.. detections, new(1, 1, Box, 0.8)]).AR100);
    }

    [Fact]
    public void Equal_scores_are_taken_in_the_order_of_the_image_ids()
    {
        EvaluationDetection wrong = new(1, 1, Far, 0.9), right = new(2, 1, Box, 0.9);

        Assert.Equal(0.5, CocoEvaluator.Evaluate([1], [new(2, 1, Box)], [wrong, right]).AP, 12);
        Assert.Equal(0.5, CocoEvaluator.Evaluate([1], [new(2, 1, Box)], [right, wrong]).AP, 12);
        Assert.Equal(1, CocoEvaluator.Evaluate([1], [new(0, 1, Box)], [wrong, right with { ImageId = 0 }]).AP, 12);
    }

    [Fact]
    public void Classes_without_objects_and_unknown_classes_change_no_figure()
    {
        var metrics = CocoEvaluator.Evaluate(
            [3, 900], [new(1, 3, Box), new(1, 5, Box)], [new(1, 3, Box, 0.9), new(1, 900, Box, 0.9), new(1, 5, Far, 0.9)]);

        Assert.Equal(1, metrics.AP);
        Assert.Equal([new ClassMetrics(3, 1, 1), new ClassMetrics(900, null, null)], metrics.Classes);
    }

    [Fact]
    public void Nothing_labelled_gives_minus_one_everywhere()
        => Assert.All(CocoEvaluator.Evaluate([1], [], [new(1, 1, Box, 0.5)]).Stats, stat => Assert.Equal(-1, stat));

    [Fact]
    public void Nothing_detected_gives_zero()
        => Assert.Equal(0, CocoEvaluator.Evaluate([1], [new(1, 1, Box)], []).AP);

    [Fact]
    public void A_score_that_is_no_number_ranks_last()
        => Assert.Equal(1, CocoEvaluator.Evaluate([1], [new(1, 1, Box)], [new(1, 1, Far, double.NaN), new(1, 1, Box, 0.1)]).AP);

    [Fact]
    public void Images_of_a_data_set_carry_ignored_crowd_and_area_flags_over()
    {
        DatasetImage[] images =
        [
            new("a.jpg", "00", 640, 480, DatasetPart.Validation, [new(1, Box) { Area = 1000 }, new(0, Far) { Ignored = true }]),
            new("b.jpg", "01", 640, 480, DatasetPart.Validation, [new(1, Box) { Crowd = true }]),
        ];

        var metrics = CocoEvaluator.Evaluate(2, images, [new(0, 1, Box, 0.5), new(0, 0, Far, 0.9), new(1, 1, Box, 0.9), new(1, 1, Box, 0.8)]);

        Assert.Equal((1, 1), (metrics.AP, metrics.APSmall));
        Assert.Equal([new ClassMetrics(0, null, null), new ClassMetrics(1, 1, 1)], metrics.Classes);
    }

    [Theory]
    [InlineData("mAP", 0.3)]
    [InlineData("AP_50", 1)]
    [InlineData("AP_75", 0)]
    [InlineData("AP_small", -1)]
    [InlineData("AP_m", -1)]
    [InlineData("AP_l", 0.3)]
    public void A_figure_is_found_by_the_name_that_configurations_use(string key, double expected)
        => Assert.Equal(expected, CocoEvaluator.Evaluate([1], [new(1, 1, Box)], [new(1, 1, new(0, 0, 80, 80), 0.9)]).Figure(key), 12);

    [Fact]
    public void Figures_do_not_depend_on_the_order_of_detections_with_different_scores()
    {
        var coordinate = Gen.Int[0, 40].Select(value => value * 4.0);
        var box = Gen.Select(coordinate, coordinate, Gen.Int[5, 60], Gen.Int[5, 60], (x, y, w, h) => new BoundingBox(x, y, x + w, y + h));
        var truths = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], box, Gen.Bool, (image, label, b, crowd) => new EvaluationTruth(image, label, b) { Crowd = crowd }).Array[0, 12];
        var found = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], box).Array[0, 20];

        Gen.Select(truths, found, Gen.Int[0, 19]).Sample((labelled, boxes, turn) =>
        {
            var detections = boxes.Select((entry, index) => new EvaluationDetection(entry.Item1, entry.Item2, entry.Item3, 1.0 / (index + 1))).ToArray();
            EvaluationDetection[] turned = [.. detections.Skip(turn), .. detections.Take(turn)];

            var metrics = CocoEvaluator.Evaluate([0, 1, 2], labelled, detections);

            Assert.Equal(metrics.Stats, CocoEvaluator.Evaluate([0, 1, 2], labelled, turned).Stats);
            Assert.All(metrics.Stats, stat => Assert.True(stat is -1 or (>= 0 and <= 1)));
        });
    }
}
