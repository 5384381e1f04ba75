using NanoDet.Core.Geometry;
using NanoDet.Data.Evaluation;

namespace NanoDet.Data.Tests.Evaluation;

public sealed class PrecisionRecallTests
{
    private static readonly BoundingBox Box = new(0, 0, 100, 100);
    private static readonly BoundingBox Far = new(200, 200, 300, 300);

    [Fact]
    public void A_curve_has_one_point_for_each_different_score()
    {
        var curve = Assert.Single(PrecisionRecallCurve.Of(
            [4],
            [new(1, 4, Box), new(2, 4, Box)],
            [new(1, 4, Box, 0.9), new(1, 4, Far, 0.5), new(2, 4, Box, 0.5), new(2, 4, Far, 0.1)]));

        Assert.Equal((4, 2), (curve.CategoryId, curve.Truths));
        Assert.Equal([new(0.9, 1, 0.5), new(0.5, 2.0 / 3, 1), new(0.1, 0.5, 1)], curve.Points);
        Assert.Equal(0.8, curve.Points[1].F1, 12);
    }

    [Fact]
    public void A_detection_of_an_ignored_object_is_no_part_of_the_curve()
    {
        var curve = Assert.Single(PrecisionRecallCurve.Of(
            [4], [new(1, 4, Box) { Ignored = true }, new(2, 4, Box)], [new(1, 4, Box, 0.9), new(2, 4, Box, 0.5)]));

        Assert.Equal([new PrecisionRecallPoint(0.5, 1, 1)], curve.Points);
    }

    [Fact]
    public void The_best_threshold_lies_half_way_below_the_last_detection_worth_having()
    {
        PrecisionRecallCurve[] curves = [new(0, 2, [new(0.9, 1, 0.5), new(0.6, 1, 1), new(0.2, 0.5, 1)])];

        Assert.Equal(new ScoreThreshold(0.4, 1), ScoreThreshold.Best(curves, 0.05));
    }

    [Fact]
    public void The_best_threshold_weighs_every_class_alike()
    {
        PrecisionRecallCurve[] curves =
        [
            new(0, 1000, [new(0.9, 1, 1), new(0.3, 0.5, 1)]), // F1 1, then 2/3
            new(1, 1, [new(0.8, 0.5, 1), new(0.4, 1, 1)]),    // F1 2/3, then 1
            new(2, 0, []),
        ];

        Assert.Equal(0.35, ScoreThreshold.Best(curves, 0.05)!.Value.Score, 12);
        Assert.Equal(1, ScoreThreshold.Best(curves, 0.05)!.Value.F1, 12);
    }

    [Fact]
    public void Without_right_detections_there_is_no_best_threshold()
    {
        Assert.Null(ScoreThreshold.Best([new(0, 3, [])], 0.05));
        Assert.Null(ScoreThreshold.Best([new(0, 3, [new(0.9, 0, 0), new(0.4, 0, 0)])], 0.05));
    }

    [Fact]
    public void The_best_threshold_is_below_the_score_of_the_last_detection_but_not_where_none_was_kept()
        => Assert.Equal(0.16, ScoreThreshold.Best([new(0, 1, [new(0.9, 0, 0), new(0.27, 0.5, 1)])], 0.05)!.Value.Score);

    [Theory]
    [InlineData(0.421, 0.4252, 0.423)]
    [InlineData(0.42718281, 0.42718285, 0.42718283)]
    [InlineData(0.2, 0.9, 0.55)]
    public void A_threshold_has_as_few_decimals_as_separate_the_scores_well(double low, double high, double threshold)
        => Assert.Equal(threshold, ScoreThreshold.Best([new(0, 1, [new(high, 1, 1), new(low, 0.5, 1)])], 0.05)!.Value.Score);
}
