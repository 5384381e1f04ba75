using NanoDet.Training.Losses;
using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Losses;

public class LossTests
{
    public LossTests() => LibTorch.Load();

    [Fact]
    public void Quality_focal_loss_is_cross_entropy_weighted_by_the_squared_error_of_the_score()
    {
        using var scope = NewDisposeScope();
        var loss = new QualityFocalLoss(Beta: 2, Weight: 3).Compute(tensor(new[,] { { 0.5f, -1f } }), tensor(new[,] { { 0.8f, 0f } }), divisor: 4);

        var score = 1 / (1 + Math.Exp(-0.5));
        var other = 1 / (1 + Math.Exp(1));
        var positive = -((0.8 * Math.Log(score)) + (0.2 * Math.Log(1 - score))) * Math.Pow(0.8 - score, 2);
        var negative = -Math.Log(1 - other) * other * other;
        Assert.Equal((positive + negative) * 3 / 4, loss.item<float>(), 1e-6);
    }

    [Fact]
    public void Quality_focal_loss_is_zero_at_its_target()
    {
        using var scope = NewDisposeScope();
        var loss = new QualityFocalLoss(2, 1).Compute(tensor(new[,] { { (float)Math.Log(0.7 / 0.3) } }), tensor(new[,] { { 0.7f } }), 1);

        Assert.Equal(0, loss.item<float>(), 1e-9);
    }

    [Fact]
    public void A_row_with_the_factor_zero_has_no_loss_and_no_gradient()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new[,] { { 0.5f, -1f }, { 2f, 3f } }).requires_grad_();
        var targets = tensor(new[,] { { 0.8f, 0f }, { 0f, 0f } });
        var loss = new QualityFocalLoss(2, 3).Compute(logits, targets, divisor: 4, tensor(new[,] { { 1f }, { 0f } }));
        loss.backward();

        Assert.Equal(new QualityFocalLoss(2, 3).Compute(logits[..1], targets[..1], divisor: 4).item<float>(), loss.item<float>());
        Assert.All(logits.grad!.data<float>().ToArray()[2..], gradient => Assert.Equal(0, gradient));
        Assert.All(logits.grad!.data<float>().ToArray()[..2], gradient => Assert.NotEqual(0, gradient));
    }

    [Fact]
    public void Distribution_focal_loss_shares_its_target_between_two_neighbours()
    {
        using var scope = NewDisposeScope();
        var loss = new DistributionFocalLoss(0.25).Compute(
            zeros(1, 8), tensor([2.25f]), tensor([0.5f]), divisor: tensor(2f));

        // Uniform: either neighbour costs log 8, and their shares sum to one.
        Assert.Equal(Math.Log(8) * 0.25 * 0.5 / 2, loss.item<float>(), 1e-6);
    }

    [Theory]
    [InlineData(0, 0, 10, 10, 0)] // the same box
    [InlineData(10, 0, 20, 10, 1)] // side by side: no overlap, the hull is full
    [InlineData(20, 0, 30, 10, 4.0 / 3)] // a gap of a third of the hull
    public void GIoU_loss_tells_how_far_boxes_are_apart(float left, float top, float right, float bottom, double expected)
    {
        using var scope = NewDisposeScope();
        var loss = new GIoULoss(2).Compute(
            tensor(new[,] { { 0f, 0f, 10f, 10f } }), tensor(new[,] { { left, top, right, bottom } }), tensor([1f]), divisor: tensor(2f));

        Assert.Equal(expected, loss.item<float>(), 1e-6);
    }
}
