using NanoDet.Core.Geometry;

namespace NanoDet.Core.Tests.Geometry;

public sealed class BoundingBoxTests
{
    [Fact]
    public void Intersection_over_union_of_two_half_overlapping_boxes_is_a_third()
        => Assert.Equal(1.0 / 3, new BoundingBox(0, 0, 2, 1).IntersectionOverUnion(new BoundingBox(1, 0, 3, 1)), 12);

    [Theory]
    [InlineData(1, 1, 1, 5)]
    [InlineData(4, 1, 2, 5)]
    [InlineData(double.NaN, 1, 2, 5)]
    public void A_box_without_area_is_degenerate(double left, double top, double right, double bottom)
        => Assert.True(new BoundingBox(left, top, right, bottom).IsDegenerate);

    [Fact]
    public void Clipping_keeps_the_part_inside_the_image()
        => Assert.Equal(new BoundingBox(0, 2, 10, 8), new BoundingBox(-5, 2, 20, 8).Clip(10, 10));
}
