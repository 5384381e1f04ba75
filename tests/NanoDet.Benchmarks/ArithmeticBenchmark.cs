using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using NanoDet.Data.Configuration;
using NanoDet.Data.Configuration.Presets;
using NanoDet.Data.Datasets;
using NanoDet.Training.Native;
using NanoDet.Training.Networks;
using NanoDet.Training.Proof;
using NanoDet.Worker.Proof;
using static TorchSharp.torch;

namespace NanoDet.Benchmarks;

/// <summary>
/// What each choice of arithmetic costs, as the time of a training step, and what it costs to prove one, in steps. A process
/// computes with one arithmetic, so each figure comes from a process of its own; the choices take turns.
/// </summary>
internal static class ArithmeticBenchmark
{
    private const string Name = "arithmetic";
    private const int Batch = 16;
    private const int Rounds = 3;

    public static int Run(string preset)
    {
        var choices = Arithmetic.Choices(InstructionSet.Native, TrainingDevice.Cpu);
        var steps = choices.Select(_ => new List<double>()).ToArray();
        var proofs = choices.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var choice = 0; choice < choices.Length; choice++)
            {
                var (step, proof) = Measure(preset, choice);
                steps[choice].Add(step);
                proofs[choice].Add(proof);
            }
        }

        for (var choice = 0; choice < choices.Length; choice++)
        {
            Console.WriteLine(FormattableString.Invariant(
                $"{choices[choice]}: a step {Median(steps[choice]):F2} s, {Median(steps[choice]) / Median(steps[0]):F2} times the first; its proof {Median(proofs[choice]):F2} s, {Median(proofs[choice]) / Median(steps[choice]):F2} steps"));
        }

        Console.WriteLine(FormattableString.Invariant($"a verdict that is known: {1e3 * Recall(preset):F1} ms"));
        return 0;
    }

    /// <summary>Measures one choice in this process, and prints the seconds of a step and of the proof.</summary>
    public static int RunChoice(string preset, string choice)
    {
        AllocatorTuning.Apply();
        ThreadWaiting.Apply();
        LibTorch.Load(arithmetic: Arithmetic.Choices(InstructionSet.Native, TrainingDevice.Cpu)[int.Parse(choice, CultureInfo.InvariantCulture)]);
        var clock = Stopwatch.StartNew();
        if (ArithmeticProof.Find(Subject(preset), out _, CancellationToken.None) is { } discrepancy)
        {
            Console.Error.WriteLine(discrepancy);
        }

        var proof = clock.Elapsed.TotalSeconds;
        Denormals.FlushToZero();
        set_num_threads(2);
        var configuration = Subject(preset).Configuration;
        using var network = NetworkFactory.Create(configuration.Model, seed: 1);
        using var pictures = randn(Batch, 3, configuration.Train.Height, configuration.Train.Width);
        ImmutableArray<DatasetObject>[] objects = [.. Enumerable.Range(0, Batch).Select(i => ImmutableArray.Create(new DatasetObject(i % 3, new(10 + i, 20, 70 + i, 90))))];
        network.train();
        var times = Enumerable.Range(0, 5).Select(_ => Step(network, pictures, objects)).ToList();
        Console.WriteLine(FormattableString.Invariant($"{Median(times.Skip(1))} {proof}"));
        return 0;
    }

    private static double Step(DetectionNetwork network, Tensor pictures, ImmutableArray<DatasetObject>[] objects)
    {
        using var pause = new FinalizerPause();
        using var scope = NewDisposeScope();
        var clock = Stopwatch.StartNew();
        network.zero_grad();
        using var loss = network.Loss(pictures, objects, epoch: 0);
        loss.Backward();
        return clock.Elapsed.TotalSeconds;
    }

    private static (double Step, double Proof) Measure(string preset, int choice)
    {
        var words = Output(preset, choice.ToString(CultureInfo.InvariantCulture)).Split(' ');
        return (double.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture));
    }

    private static string Output(string preset, string what)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [typeof(ArithmeticBenchmark).Assembly.Location, Name, preset, what]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    /// <summary>Seconds that a process needs to find a verdict, the first time that it looks.</summary>
    private static double Recall(string preset)
    {
        VerdictFile.Keep(Name, new ProvedArithmetic(Arithmetic.Default, 84));
        try
        {
            return double.Parse(Output(preset, "recall"), CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(Path.Combine(VerdictFile.Folder, $"{Name}.json"));
        }
    }

    /// <summary>Prints the seconds until a verdict is there, as a worker looks for it that has read its configuration.</summary>
    public static int RunRecall(string preset)
    {
        var subject = Subject(preset);
        _ = ConfigurationJson.Read("configuration.json", ConfigurationJson.Write(subject.Configuration));
        var clock = Stopwatch.StartNew();
        _ = subject.Key();
        _ = VerdictFile.Find(Name) ?? throw new InvalidOperationException("the verdict is not there");
        Console.WriteLine(clock.Elapsed.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static ProofSubject Subject(string preset) => new()
    {
        Configuration = Preset.Create(preset, ["a", "b", "c"]) ?? throw new ArgumentException($"'{preset}' is no preset", nameof(preset)),
        TrainingBatch = Batch,
        DetectionBatch = Batch,
        Threads = 2,
    };

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
