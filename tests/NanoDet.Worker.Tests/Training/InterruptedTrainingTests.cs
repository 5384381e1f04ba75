using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Incremental;
using NanoDet.Testing;
using NanoDet.Training.Checkpoints;
using NanoDet.Training.Loading;
using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Worker.Tests.Training;

/// <summary>What a plan, which has no libtorch, reads in the checkpoint of a training.</summary>
public sealed class InterruptedTrainingTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public InterruptedTrainingTests() => LibTorch.Load();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 0, "before its first step")]
    [InlineData(0, 1, "after step 1 of epoch 1")]
    [InlineData(4, 12, "after step 12 of epoch 5")]
    [InlineData(4, 0, "after epoch 4")]
    public void The_plan_knows_how_far_an_interrupted_training_has_come(int epoch, int step, string words)
    {
        Save(TrainingState.Beginning(new Fingerprint([])) with { Stage = "key", Position = new TrainingPosition(epoch, step) });

        Assert.Equal(words, InterruptedTraining.Find(_folder["checkpoint.safetensors"], "key"));
        Assert.Null(InterruptedTraining.Find(_folder["checkpoint.safetensors"], "another key"));
    }

    [Fact]
    public void A_training_that_is_complete_or_no_stage_does_not_resume()
    {
        Assert.Null(InterruptedTraining.Find(_folder["checkpoint.safetensors"], "key"));

        Save(TrainingState.Beginning(new Fingerprint([])) with { Stage = "key", Position = new TrainingPosition(8, 0), Ending = TrainingEnding.Complete });
        Assert.Null(InterruptedTraining.Find(_folder["checkpoint.safetensors"], "key"));

        Save(TrainingState.Beginning(new Fingerprint([])) with { Position = new TrainingPosition(2, 0) });
        Assert.Null(InterruptedTraining.Find(_folder["checkpoint.safetensors"], "key"));
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, 1 })]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}' })]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0, (byte)'[', (byte)']' })]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, (byte)'{' })]
    public void A_checkpoint_that_is_damaged_is_left_to_the_training(byte[] content)
    {
        File.WriteAllBytes(_folder["checkpoint.safetensors"], content);

        Assert.Null(InterruptedTraining.Find(_folder["checkpoint.safetensors"], "key"));
    }

    private void Save(TrainingState state)
    {
        using var weights = ones(2);
        Checkpoint.Save(_folder["checkpoint.safetensors"], _folder["checkpoint.previous.safetensors"], state, ["cat"], [KeyValuePair.Create("a", weights)], result: null);
    }
}
