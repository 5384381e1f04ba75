using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Validation;

namespace NanoDet.Data.Tests.Validation;

public sealed class SmallObjectsTests
{
    private static readonly NanoDetConfiguration Configuration = EffectiveConfiguration.OfPreset("nanodet-plus-m_320", ["a"], 10, new()).Configuration!;

    [Fact]
    public void They_are_counted_at_the_size_of_the_input()
        => Assert.Equal(
            "NanoDet: warning NDB1036: 3 of 4 objects are less than 4 pixels wide or high once their images are scaled to the input of 320x320, and can hardly be learnt; a larger NanoDetInputSize helps, or images cut into tiles",
            Assert.Single(SmallObjects.Find([Image(3200, 1600, 39, 39, 39, 40)], Configuration)).ToString());

    [Theory]
    [InlineData(1, 20, false)]
    [InlineData(1, 19, true)]
    [InlineData(0, 1, false)]
    [InlineData(0, 0, false)]
    public void A_few_among_many_are_no_problem(int small, int all, bool isTold)
        => Assert.Equal(isTold, SmallObjects.Find([Image(320, 320, [.. Enumerable.Range(0, all).Select(i => i < small ? 3.9 : 4)])], Configuration).Any());

    [Fact]
    public void Images_that_are_stretched_scale_each_side()
        => Assert.Empty(SmallObjects.Find([Image(320, 3200, 4)], Configuration with { Validation = Configuration.Validation with { KeepRatio = false, Height = 3200 } }));

    private static DatasetImage Image(int width, int height, params double[] widths)
        => new("a.jpg", "", width, height, DatasetPart.Train, [.. widths.Select(side => new DatasetObject(0, new(0, 0, side, 100)))]);
}
