using NanoDet.Data.Configuration;
using NanoDet.Data.Configuration.Presets;
using NanoDet.Training.Native;
using NanoDet.Training.Proof;
using NanoDet.Training.Tests.Loop;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Proof;

/// <summary>The proof of what libtorch computes. Faults are planted into results, since the processor at hand may have none.</summary>
[Collection(nameof(ArithmeticProofTests))]
[CollectionDefinition(nameof(ArithmeticProofTests), DisableParallelization = true)]
public sealed class ArithmeticProofTests
{
    private static readonly ProofSubject Subject = new()
    {
        Configuration = SmallTraining.Configuration(epochs: 1),
        TrainingBatch = 3,
        DetectionBatch = 2,
        Threads = 2,
    };

    public static MatrixTheoryData<string, FaultPlace> Faults() => new(
        [nameof(OperationResult.Output), nameof(OperationResult.InputGradient), nameof(OperationResult.WeightGradient)], Enum.GetValues<FaultPlace>());

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_planted_fault_is_found(string result, FaultPlace place)
    {
        LibTorch.Load();
        var kind = Enum.Parse<OperationResult>(result);
        Operation.Fault = new PlantedFault(kind, place).Strike;
        try
        {
            var found = ArithmeticProof.Find(Subject, out _, CancellationToken.None);

            Assert.NotNull(found);
            Assert.Contains("convolution of ", found.Operation, StringComparison.Ordinal);
            Assert.Equal(kind switch { OperationResult.Output => "output", OperationResult.InputGradient => "input gradient", _ => "weight gradient" }, found.Result);
            Assert.InRange(found.Deviation, ArithmeticProof.Tolerance, 0.6);
        }
        finally
        {
            Operation.Fault = null;
        }
    }

    [Fact]
    public void The_channels_that_are_wrong_are_named()
    {
        LibTorch.Load();
        using var numbers = new ProofNumbers();
        var operation = new ConvolutionOperation(2, 16, 33, 8, 8, 1, 1, 0, 1, true, MemoryOrder.ChannelsLast, HasGradients: false);
        Operation.Fault = new PlantedFault(OperationResult.Output, FaultPlace.OneOutputChannel).Strike;
        try
        {
            Assert.Equal("channel 33 of 33", ArithmeticProof.Find(operation, numbers, CPU)!.Channels);
            Operation.Fault = new PlantedFault(OperationResult.Output, FaultPlace.LastBlock).Strike;
            Assert.Equal("channels 18 to 33 of 33", ArithmeticProof.Find(operation, numbers, CPU)!.Channels);
        }
        finally
        {
            Operation.Fault = null;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_planted_fault_of_bf16_is_found(string result, FaultPlace place)
    {
        LibTorch.Load();
        using var numbers = new ProofNumbers();
        var operation = new ConvolutionOperation(3, 64, 64, 9, 8, 3, 1, 1, 1, true, MemoryOrder.ChannelsLast, HasGradients: true) { Precision = TrainingPrecision.BFloat16 };
        Assert.Null(ArithmeticProof.Find(operation, numbers, CPU));
        Operation.Fault = new PlantedFault(Enum.Parse<OperationResult>(result), place, Factor: 1.25).Strike;
        try
        {
            Assert.StartsWith("convolution of 64 to 64 channels, kernel 3x3, stride 1, on 3 bf16 maps of 8x9, ", ArithmeticProof.Find(operation, numbers, CPU)!.Operation, StringComparison.Ordinal);
        }
        finally
        {
            Operation.Fault = null;
        }
    }

    [Theory]
    [InlineData("nanodet-plus-m-0.5x_160")]
    [InlineData("nanodet-m")]
    public void What_computes_in_bf16_is_proved_in_bf16_and_found_right(string preset)
    {
        LibTorch.Load();
        var subject = new ProofSubject { Configuration = Preset.Create(preset, ["a", "b", "c"])!, TrainingBatch = 2, DetectionBatch = 2, Threads = 2, Precision = TrainingPrecision.BFloat16 };

        var operations = subject.Operations();

        Assert.Contains(operations, operation => operation is ConvolutionOperation { Groups: 1, HasGradients: true, Precision: TrainingPrecision.BFloat16 });
        Assert.Contains(operations, operation => operation is BatchNormOperation { Precision: TrainingPrecision.BFloat16, IsOurs: true });
        Assert.Contains(operations, operation => operation is BatchNormOperation { Precision: TrainingPrecision.Single, ResultPrecision: TrainingPrecision.BFloat16, IsOurs: true });
        Assert.DoesNotContain(operations, operation => operation is BatchNormOperation { ResultPrecision: TrainingPrecision.Single });
        Assert.Contains(operations, operation => operation is InterpolationOperation { Precision: TrainingPrecision.BFloat16 });
        Assert.DoesNotContain(operations, operation => operation is ConvolutionOperation { Groups: > 1, Precision: TrainingPrecision.BFloat16 });
        Assert.DoesNotContain(operations, operation => operation is ConvolutionOperation { HasGradients: false, Precision: TrainingPrecision.BFloat16 });
        Assert.Equal(
            preset.StartsWith("nanodet-plus", StringComparison.Ordinal),
            operations.Any(operation => operation is ConvolutionOperation { IsWinograd: true, Precision: TrainingPrecision.BFloat16 }));
        Assert.Null(ArithmeticProof.Find(subject, out _, CancellationToken.None));
        Assert.NotEqual((subject with { Precision = TrainingPrecision.Single }).Key(), subject.Key());
    }

    /// <summary>Every kind of operation that these networks have, with AVX2 in this process (<c>TestArithmetic</c>), which no processor is known to compute wrongly.</summary>
    [Theory]
    [InlineData("nanodet-plus-m-0.5x_160", 2, 76, true)]
    [InlineData("nanodet-plus-m_320", 2, 76, true)]
    [InlineData("nanodet-m", 2, 20, false)]
    public void What_is_right_is_found_right_and_is_all_of_the_network(string preset, int batch, int least, bool hasOurs)
    {
        LibTorch.Load();
        var configuration = Preset.Create(preset, ["a", "b", "c"])!;
        var subject = new ProofSubject { Configuration = configuration, TrainingBatch = batch, DetectionBatch = batch, Threads = 2 };

        Assert.Null(ArithmeticProof.Find(subject, out var operations, CancellationToken.None));
        Assert.InRange(operations, least, 200);
        Assert.Equal(hasOurs, subject.Operations().Any(operation => operation is ConvolutionOperation { IsWinograd: true, HasGradients: true }));
        Assert.Equal(hasOurs, subject.Operations().Any(operation => operation is ConvolutionOperation { HasOwnGradient: true, HasGradients: true }));
    }

    [Theory]
    [InlineData(TrainingPrecision.Single)]
    [InlineData(TrainingPrecision.BFloat16)]
    public void Attention_is_proved_with_its_matrices_and_normalisations(TrainingPrecision precision)
    {
        LibTorch.Load();
        var subject = Subject with { Configuration = SmallTraining.WithAttention(epochs: 1), Precision = precision };

        var operations = subject.Operations();

        Assert.Contains(operations, operation => operation is AttentionOperation { Batch: 3, Pixels: 16, Channels: 96, Heads: 8, HasGradients: true });
        Assert.Contains(operations, operation => operation is LayerNormOperation { Batch: 3, Pixels: 16, Channels: 96, HasGradients: true });
        Assert.Contains(operations, operation => operation is MatrixProductOperation { Batch: 3, Pixels: 16, In: 96, Out: 384, HasGradients: true } && operation.Precision == precision);
        Assert.Null(ArithmeticProof.Find(subject, out _, CancellationToken.None));
    }

    public static MatrixTheoryData<string, bool> AttentionFaults() => new(
        [nameof(OperationResult.Output), nameof(OperationResult.InputGradient), nameof(OperationResult.WeightGradient)], [true, false]);

    [Theory]
    [MemberData(nameof(AttentionFaults))]
    public void A_planted_fault_of_attention_and_of_layer_normalisation_is_found(string result, bool isAttention)
    {
        LibTorch.Load();
        using var numbers = new ProofNumbers();
        Operation operation = isAttention ? new AttentionOperation(3, 16, 32, 4, HasGradients: true) : new LayerNormOperation(3, 16, 32, HasGradients: true);
        Assert.Null(ArithmeticProof.Find(operation, numbers, CPU));
        Operation.Fault = (_, kind, values) =>
        {
            if (kind == Enum.Parse<OperationResult>(result))
            {
                values.flatten()[^1].add_(values.abs().max() * 0.1);
            }
        };
        try
        {
            Assert.StartsWith(isAttention ? "attention of 16 pixels" : "layer normalisation of 32 channels", ArithmeticProof.Find(operation, numbers, CPU)!.Operation, StringComparison.Ordinal);
        }
        finally
        {
            Operation.Fault = null;
        }
    }

    [Fact]
    public void One_verdict_is_for_any_number_of_epochs_with_the_guidance_module()
    {
        LibTorch.Load();
        ProofSubject Guided(int? epochs, int batch = 3) => Subject with
        {
            Configuration = Subject.Configuration with { Model = Subject.Configuration.Model with { GuidanceEpochs = epochs, MovingAverageDecay = epochs is null ? null : 1 - (1.0 / epochs) } },
            TrainingBatch = batch,
        };

        Assert.Equal([Guided(null).Key(), Guided(null).Key()], new[] { Guided(1).Key(), Guided(7).Key() });
        Assert.Equal(Guided(null).Operations(), Guided(7).Operations());
        Assert.NotEqual(Guided(null).Key(), Guided(0).Key());
        Assert.ProperSubset(Guided(null).Operations().ToHashSet(), Guided(0).Operations().ToHashSet());
        Assert.Equal(Guided(null, batch: 0).Key(), Guided(0, batch: 0).Key());
    }

    [Fact]
    public void A_smaller_input_of_the_first_epochs_is_proved_too()
    {
        LibTorch.Load();
        var progressive = Subject with
        {
            Configuration = Subject.Configuration with { Train = Subject.Configuration.Train with { ProgressiveResizing = new(1, SmallTraining.Side, SmallTraining.Side / 2) } },
        };

        var (full, both) = (Subject.Operations(), progressive.Operations());

        Assert.Equal(both.Length, both.Distinct().Count());
        Assert.Subset(both.ToHashSet(), full.ToHashSet());
        Assert.Contains(both, operation => operation is ConvolutionOperation { In: 3, Width: SmallTraining.Side, Height: SmallTraining.Side / 2, Batch: 3, HasGradients: true });
        Assert.DoesNotContain(full, operation => operation is ConvolutionOperation { In: 3, Height: SmallTraining.Side / 2 });
        Assert.NotEqual(Subject.Key(), progressive.Key());
    }

    [Fact]
    public void The_operations_of_a_training_are_those_of_its_network()
    {
        LibTorch.Load();

        var operations = Subject.Operations();

        // The prediction as the matrix product that it is, and nothing twice.
        Assert.Equal(operations.Length, operations.Distinct().Count());
        Assert.Contains(operations, operation => operation is MatrixProductOperation { Out: 34, Batch: 3, HasGradients: true });
        Assert.Contains(operations, operation => operation is MatrixProductOperation { Out: 34, Batch: 2, HasGradients: false });
        Assert.Contains(operations, operation => operation is ConvolutionOperation { In: 3, Kernel: 3, Stride: 2, Batch: 3, Order: MemoryOrder.Planar });
        Assert.Contains(operations, operation => operation is ConvolutionOperation { Groups: > 1, Order: MemoryOrder.ChannelsLast });
        Assert.Contains(operations, operation => operation is GroupNormOperation { Channels: 64, Groups: 32, Batch: 3 });
        Assert.Contains(operations, operation => operation is BatchNormOperation { Batch: 3 });
        Assert.Contains(operations, operation => operation is InterpolationOperation { Factor: 2 });
    }
}
