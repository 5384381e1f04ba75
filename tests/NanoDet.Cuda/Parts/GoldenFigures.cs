using System.Text.Json;
using NanoDet.Cuda.Reporting;
using NanoDet.Data.Configuration;
using NanoDet.Training.Native;
using NanoDet.Training.Tests.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace NanoDet.Cuda.Parts;

/// <summary>
/// Predictions, losses and gradients of the reference vectors, computed on the device in single precision without TF32. The bounds are
/// ten times those of the tests on the processor, whose kernels and the original's add in nearly one order; a card's do not.
/// </summary>
internal static class GoldenFigures
{
    private const double PredictionBound = 1e-3;
    private const double LossBound = 1e-3;
    private const double NormBound = 1e-2;

    // A bias in front of batch normalisation has no gradient but rounding noise.
    private const double Noise = 1e-7;

    // The first normalisation layers of untrained networks feel every order of adding up most.
    private const double GradientBound = 1e-2;
    private const double LeastShare = 0.99;

    /// <summary>Computes them.</summary>
    /// <param name="device">The device.</param>
    /// <param name="file">The file for the findings.</param>
    /// <param name="models">The names of the models.</param>
    public static int Run(string device, string file, string[] models)
    {
        var choice = DeviceChoice.Parse(device)!.Value;
        if (choice.Device == TrainingDevice.Cuda)
        {
            CardPin.Apply(choice.Card);
        }

        AllocatorTuning.Apply();
        ThreadWaiting.Apply();
        LibTorch.Load(choice.Device, Arithmetic.Default);
        // The reference's number, on which small gradients depend.
        set_num_threads(2);
        var findings = models.SelectMany(name => Compare(name, choice.Device == TrainingDevice.Cuda ? CUDA : CPU)).ToList();
        File.WriteAllText(file, JsonSerializer.Serialize(findings, Report.Json));
        return 0;
    }

    private static List<Finding> Compare(string name, Device device)
    {
        var golden = new GoldenModel(name);
        using var pause = new FinalizerPause();
        using var scope = NewDisposeScope();
        using var network = golden.Network();
        network.to(device);
        var pictures = golden.Input().to(device);

        double predictions;
        using (no_grad())
        {
            var found = network.call(pictures[..(int)golden.Shape("eval.preds")[0]]).cpu().flatten();
            predictions = (tensor(golden.Values("eval.preds")) - found).abs().max().item<float>();
        }

        network.train();
        using var loss = network.Loss(pictures, golden.Objects(), epoch: 0);
        loss.Backward();
        var parts = golden.Figures.GetProperty("loss_states");
        var worstPart = loss.Parts.Select(part => (part.Name, Error: Relative(parts.GetProperty(part.Name).GetDouble(), part.Value))).MaxBy(part => part.Error);
        var norms = golden.Figures.GetProperty("grad_norm").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetDouble());
        var total = golden.Figures.GetProperty("total_grad_norm").GetDouble();
        var totalHere = nn.utils.clip_grad_norm_(network.parameters(), double.PositiveInfinity);
        var errors = network.named_parameters().Where(entry => norms.GetValueOrDefault(entry.name) > Noise * total)
            .Select(entry => (Name: entry.name, Error: entry.parameter.grad is { } gradient ? Relative(norms[entry.name], gradient.norm().item<float>()) : double.PositiveInfinity))
            .ToList();
        var worst = errors.MaxBy(entry => entry.Error);
        var share = errors.Count(entry => entry.Error <= GradientBound) / (double)errors.Count;
        return
        [
            Finding.AtMost(PredictionBound, predictions, $"{name}: difference of a prediction"),
            Finding.AtMost(LossBound, worstPart.Error, $"{name}: relative difference of a loss", worstPart.Name),
            Finding.AtMost(NormBound, Relative(total, totalHere), $"{name}: relative difference of the norm of all gradients"),
            Finding.AtLeast(LeastShare, share, $"{name}: share of {errors.Count} parameters whose gradients' norm is within {GradientBound:0.##}", $"(the worst, {worst.Name}, is off by {worst.Error:0.0e-0})"),
        ];
    }

    // No number at all is as wrong as can be, and not skipped when the largest is looked for.
    private static double Relative(double expected, double actual)
        => Math.Abs(actual - expected) / Math.Max(Math.Abs(expected), 1e-12) is var error && double.IsNaN(error) ? double.PositiveInfinity : error;
}
