using NanoDet.Training.Models;
using NanoDet.Training.Native;
using NanoDet.Training.Networks;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Networks;

/// <summary>Training is the original's: the same loss, the same gradients, the same weights after a step.</summary>
public class GoldenTrainingTests
{
    // A bias in front of batch normalisation has no gradient but rounding noise, and Adam's first step makes the learning
    // rate of any noise: of those only the size of the step can be compared.
    private const double Noise = 1e-7;


    [Theory]
    [MemberData(nameof(GoldenModel.Determined), MemberType = typeof(GoldenModel))]
    public void Loss_gradients_and_steps_are_the_original_s(string name)
    {
        var golden = new GoldenModel(name);
        using var pause = new FinalizerPause();

        // The reference's. Another count adds in another order, which moves small gradients by more than the bound below.
        LibTorch.Load();
        set_num_threads(2);
        using var scope = NewDisposeScope();
        using var network = golden.Network();
        network.train();
        using var optimizer = optim.AdamW(network.parameters(), lr: 1e-3, weight_decay: 0.05);

        var loss = network.Loss(golden.Input(), golden.Objects(), epoch: 0);
        loss.Backward();

        var parts = golden.Figures.GetProperty("loss_states");
        Relative(golden.Figures.GetProperty("loss").GetDouble(), loss.Total.item<float>(), 1e-4, "loss");
        Assert.Equal(parts.EnumerateObject().Select(part => part.Name), loss.Parts.Select(part => part.Name));
        Assert.All(loss.Parts, part => Relative(parts.GetProperty(part.Name).GetDouble(), part.Value, 1e-4, part.Name));

        var total = nn.utils.clip_grad_norm_(network.parameters(), double.PositiveInfinity);
        Relative(golden.Figures.GetProperty("total_grad_norm").GetDouble(), total, 1e-3, "all gradients");
        var norms = golden.Figures.GetProperty("grad_norm").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetDouble());
        var deviations = new List<double>();
        foreach (var (parameterName, parameter) in network.named_parameters().Where(entry => norms.GetValueOrDefault(entry.name) > Noise * total))
        {
            var norm = parameter.grad!.norm().item<float>();
            Relative(norms[parameterName], norm, TestArithmetic.GradientTolerance, parameterName);
            deviations.Add(Math.Abs(norm - norms[parameterName]) / norms[parameterName]);
        }

        Assert.InRange(deviations.Order().ElementAt(deviations.Count / 2), 0, TestArithmetic.MedianGradientTolerance);

        Step(network, optimizer);
        var (values, noise) = (new List<float>(), new List<float>());
        foreach (var (entryName, value) in StateDict.Of(network).Where(entry => golden.TensorNames.Contains($"step1.{entry.Key}")))
        {
            var expected = golden.Values($"step1.{entryName}");
            (norms.GetValueOrDefault(entryName, double.MaxValue) > Noise * total ? values : noise)
                .AddRange(expected.Zip(First(value, expected.Length), (left, right) => MathF.Abs(left - right)));
        }

        var close = values.Count(difference => difference <= 1e-5f);
        Assert.True(close >= 0.99 * values.Count, $"{close} of {values.Count} values are the original's after one step");
        Assert.All(noise, difference => Assert.InRange(difference, 0, 2.1e-3f));
        Assert.InRange(noise.Count, 1, values.Count / 10);

        foreach (var after in golden.Figures.GetProperty("loss_after_steps").EnumerateArray())
        {
            optimizer.zero_grad();
            var next = network.Loss(golden.Input(), golden.Objects(), epoch: 0);
            Relative(after.GetDouble(), next.Total.item<float>(), 5e-3, "loss after a step");
            next.Backward();
            Step(network, optimizer);
        }
    }

    [Theory]
    [InlineData("nanodet-plus-m_320")]
    [InlineData("nanodet-m")]
    public void Predictions_in_training_mode_are_the_original_s(string name)
    {
        var golden = new GoldenModel(name);
        using var network = golden.Network();
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        network.train();

        var predictions = network.call(golden.Input());

        Assert.True((tensor(golden.Values("train.preds")) - predictions.flatten()).abs().max().item<float>() <= 1e-4);
    }

    private static void Step(DetectionNetwork network, optim.Optimizer optimizer)
    {
        nn.utils.clip_grad_norm_(network.parameters(), 35);
        optimizer.step();
    }

    private static float[] First(Tensor value, int count) => value.detach().flatten()[..count].to(float32).data<float>().ToArray();

    private static void Relative(double expected, double actual, double tolerance, string what)
        => Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Abs(expected), $"{what}: {actual}, the original has {expected}");
}
