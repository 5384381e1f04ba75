using NanoDet.Core.Geometry;
using NanoDet.Data.Evaluation;

namespace NanoDet.Data.Tests.Evaluation;

public sealed class ConfusionMatrixTests
{
    private static readonly BoundingBox Box = new(0, 0, 100, 100);
    private static readonly BoundingBox Near = new(0, 0, 100, 90);
    private static readonly BoundingBox Far = new(200, 200, 300, 300);
    private const int Background = 2;

    [Fact]
    public void A_found_object_is_on_the_diagonal_and_a_confused_one_beside_it()
    {
        var matrix = ConfusionMatrix.Of(2, [new(1, 0, Box), new(1, 1, Far)], [new(1, 0, Box, 0.9), new(1, 0, Far, 0.9)], 0.5);

        Assert.Equal((1, 1, 0), (matrix[0, 0], matrix[1, 0], matrix[1, 1]));
        Assert.Equal(2, Total(matrix));
    }

    [Fact]
    public void Misses_and_false_alarms_meet_the_background()
    {
        var matrix = ConfusionMatrix.Of(2, [new(1, 0, Box)], [new(2, 1, Box, 0.9), new(1, 0, Box, 0.3)], 0.5);

        Assert.Equal((1, 1), (matrix[0, Background], matrix[Background, 1]));
        Assert.Equal(2, Total(matrix));
    }

    [Fact]
    public void The_detection_that_overlaps_more_takes_the_object_even_with_a_lower_score()
    {
        var matrix = ConfusionMatrix.Of(2, [new(1, 0, Box)], [new(1, 1, Near, 0.9), new(1, 0, Box, 0.6)], 0.5);

        Assert.Equal((1, 1), (matrix[0, 0], matrix[Background, 1]));
        Assert.Equal(2, Total(matrix));
    }

    [Fact]
    public void Of_equal_overlaps_the_higher_score_takes_the_object()
    {
        var matrix = ConfusionMatrix.Of(2, [new(1, 0, Box)], [new(1, 1, Box, 0.6), new(1, 0, Box, 0.9)], 0.5);

        Assert.Equal((1, 1), (matrix[0, 0], matrix[Background, 1]));
    }

    [Fact]
    public void Ignored_objects_and_what_lies_on_them_count_for_nothing()
    {
        var matrix = ConfusionMatrix.Of(
            2,
            [new(1, 0, Box) { Ignored = true }, new(1, 0, new(0, 0, 1000, 1000)) { Crowd = true }],
            [new(1, 0, Box, 0.9), new(1, 0, Far, 0.9), new(1, 1, Far, 0.9)],
            0.5);

        Assert.Equal(0, Total(matrix));
    }

    private static int Total(ConfusionMatrix matrix)
        => (from truth in Enumerable.Range(0, matrix.Classes + 1) from found in Enumerable.Range(0, matrix.Classes + 1) select matrix[truth, found]).Sum();
}
