using NanoDet.Training.Models.Layers;
using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Models.Layers;

public class GradientTapeTests
{
    public GradientTapeTests() => LibTorch.Load();

    [Fact]
    public void Gradients_go_through_operations_of_our_own_to_everything_that_went_in()
    {
        using var scope = NewDisposeScope();
        using var tape = new GradientTape();
        var (x, weight) = (Leaf(3), Leaf(5));

        // (x^2 w)^2, whose middle product libtorch knows nothing of.
        var square = x * x;
        var factor = weight.item<float>();
        var product = tape.Record(square, square.detach() * factor, gradient => [(square, gradient * factor), (weight, gradient * 9f)]);
        (product * product).backward();
        tape.Backward();

        Assert.Equal(4 * 27 * 25, x.grad!.item<float>());
        Assert.Equal(2 * 81 * 5, weight.grad!.item<float>());
    }

    [Fact]
    public void What_lies_before_a_cut_is_gone_through_once_for_all_that_lies_behind()
    {
        using var scope = NewDisposeScope();
        using var tape = new GradientTape();
        var x = Leaf(3);

        var beginning = tape.Cut([x * x]).Single();
        var twice = beginning * 2;
        var own = tape.Record(twice, twice.detach() * 10, gradient => [(twice, gradient * 10)]);
        (beginning + own).backward();
        tape.Backward();

        Assert.Equal(21 * 6, x.grad!.item<float>());
    }

    [Fact]
    public void Operations_may_share_what_lies_before_them()
    {
        using var scope = NewDisposeScope();
        using var tape = new GradientTape();
        var x = Leaf(3);

        var square = x * x;
        var (twice, thrice) = (square * 2, square * 3);
        var first = tape.Record(twice, twice.detach() * 10, gradient => [(twice, gradient * 10)]);
        var second = tape.Record(thrice, thrice.detach() * 100, gradient => [(thrice, gradient * 100)]);
        (first + second).backward();
        tape.Backward();

        Assert.Equal(((2 * 10) + (3 * 100)) * 6, x.grad!.item<float>());
    }

    [Fact]
    public void A_start_outlives_the_map_that_it_begins_at()
    {
        using var scope = NewDisposeScope();
        using var tape = new GradientTape();
        using var listening = tape.Listen();
        var x = Leaf(3);

        var square = x * x;
        var start = GradientTape.Start(square);
        square.Dispose();
        (start * 5).backward();
        tape.Backward();

        Assert.Equal(5 * 6, x.grad!.item<float>());
    }

    [Fact]
    public void Nothing_goes_where_no_gradient_is_wanted_or_none_arrives()
    {
        using var scope = NewDisposeScope();
        using var tape = new GradientTape();
        var (frozen, unused, used) = (Leaf(2).requires_grad_(false), Leaf(4), Leaf(5));

        var beginnings = tape.Cut([frozen * 1, unused * 1, used * 1]);
        var result = tape.Record(beginnings[2] * 1, used.detach() * 3, gradient => [(frozen, gradient), (unused, null), (used, gradient * 3)]);
        (result * beginnings[0]).backward();
        tape.Backward();

        Assert.Null(frozen.grad);
        Assert.Null(unused.grad);
        Assert.Equal(6, used.grad!.item<float>());
    }

    [Fact]
    public void Maps_go_with_the_tape()
    {
        using var scope = NewDisposeScope();
        var (source, result) = (Leaf(1) * 1, ones(1));
        var tape = new GradientTape();
        tape.Record(source, result, _ => []);

        tape.Dispose();

        Assert.True(source.IsInvalid && result.IsInvalid);
    }

    private static Tensor Leaf(float value) => tensor(value).requires_grad_(true);
}
