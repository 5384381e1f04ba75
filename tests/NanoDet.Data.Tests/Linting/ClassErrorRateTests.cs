using NanoDet.Data.Linting;

namespace NanoDet.Data.Tests.Linting;

public sealed class ClassErrorRateTests
{
    [Theory]
    [InlineData(1000, new[] { 0.9, 0.3, 0.01 })]
    [InlineData(1, new[] { 0.9 })]
    [InlineData(0, new double[0])]
    public void What_is_usual_is_as_certain_as_the_model_says(int labels, double[] doubts)
        => Assert.Equal(doubts, doubts.Select(ClassErrorRate.Of(labels, doubts).Of));

    [Fact]
    public void More_doubts_than_labels_can_be_wrong_are_lowered_to_as_many_in_their_order()
    {
        double[] doubts = [.. Enumerable.Range(1, 99).Select(i => i / 100.0)];

        double[] lowered = [.. doubts.Select(ClassErrorRate.Of(200, doubts).Of)];

        Assert.Equal(21, lowered.Sum(), 6);
        Assert.Equal(lowered.Order(), lowered);
        Assert.All(lowered.Zip(doubts), pair => Assert.InRange(pair.First, 0, pair.Second));
    }

    [Fact]
    public void What_is_certain_stays_certain()
    {
        double[] doubts = [.. Enumerable.Repeat(1.0, 50), 0.5, 0];

        var rate = ClassErrorRate.Of(100, doubts);

        Assert.Equal((1, 0), (rate.Of(1), rate.Of(0)));
        Assert.InRange(rate.Of(0.5), 0, 1e-12);
    }
}
