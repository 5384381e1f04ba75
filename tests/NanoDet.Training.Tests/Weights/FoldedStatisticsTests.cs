using NanoDet.Training.Weights;

namespace NanoDet.Training.Tests.Weights;

public sealed class FoldedStatisticsTests
{
    [Theory]
    [InlineData(20, 20, 40)]
    [InlineData(18, 20, 36)]
    [InlineData(17, 20, 0)]
    [InlineData(0, 20, 0)]
    [InlineData(0, 0, 0)]
    public void Nearly_all_normalisations_have_to_change_nothing(int folded, int layers, int names)
    {
        var tensors = new Dictionary<string, WeightTensor>();
        for (var layer = 0; layer < layers; layer++)
        {
            Add(tensors, FormattableString.Invariant($"layer{layer}"), layer < folded ? [0, 0] : [0.1f, 0], layer % 2 == 0 ? [1 - 1e-5f, 1 - 1e-5f] : [1, 1]);
        }

        Assert.Equal(names, FoldedStatistics.In(tensors).Count);
    }

    [Theory]
    [InlineData(0f, 1f, true)]
    [InlineData(0f, 1 - 1e-3f, true)]
    [InlineData(0f, 0.5f, false)]
    [InlineData(0.5f, 1f, false)]
    public void A_mean_and_a_variance_that_something_found_are_kept(float mean, float variance, bool isFolded)
    {
        var tensors = new Dictionary<string, WeightTensor>();
        Add(tensors, "bn", [0, mean], [1, variance]);

        Assert.Equal(isFolded ? ["bn.running_mean", "bn.running_var"] : [], FoldedStatistics.In(tensors).Order());
    }

    [Fact]
    public void A_normalisation_of_groups_has_no_statistics_that_could_be_folded()
        => Assert.Empty(FoldedStatistics.In(new Dictionary<string, WeightTensor> { ["gn.weight"] = WeightTensor.Of([1], 1), ["gn.bias"] = WeightTensor.Of([0], 1) }));

    private static void Add(Dictionary<string, WeightTensor> tensors, string layer, float[] mean, float[] variance)
    {
        tensors[$"{layer}.running_mean"] = WeightTensor.Of(mean, mean.Length);
        tensors[$"{layer}.running_var"] = WeightTensor.Of(variance, variance.Length);
    }
}
