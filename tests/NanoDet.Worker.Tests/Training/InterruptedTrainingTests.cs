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
    private static readonly string Key = new('a', 64);

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
        Save(TrainingState.Beginning(new Fingerprint([])) with { Stage = Key, Position = new TrainingPosition(epoch, step) });

        Assert.Equal(new InterruptedTraining(Key, HasEnded: false, words), InterruptedTraining.Read(_folder.FullPath));

        // A process was killed between the two renames of a checkpoint.
        File.Move(_folder["checkpoint.safetensors"], _folder["checkpoint.previous.safetensors"]);
        Assert.Equal(words, InterruptedTraining.Read(_folder.FullPath)?.Place);
    }

    [Fact]
    public void A_training_that_is_complete_has_ended_and_one_that_is_no_stage_is_none()
    {
        Assert.Null(InterruptedTraining.Read(_folder.FullPath));

        Save(TrainingState.Beginning(new Fingerprint([])) with { Stage = Key, Position = new TrainingPosition(8, 0), Ending = TrainingEnding.Complete });
        Assert.True(InterruptedTraining.Read(_folder.FullPath)!.HasEnded);
        File.Delete(_folder["checkpoint.previous.safetensors"]);

        Save(TrainingState.Beginning(new Fingerprint([])) with { Position = new TrainingPosition(2, 0) });
        File.Delete(_folder["checkpoint.previous.safetensors"]);
        Assert.Null(InterruptedTraining.Read(_folder.FullPath));

        // The key becomes the name of a folder.
        Save(TrainingState.Beginning(new Fingerprint([])) with { Stage = "../../elsewhere", Position = new TrainingPosition(2, 0) });
        Assert.Null(InterruptedTraining.Read(_folder.FullPath));
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

        Assert.Null(InterruptedTraining.Read(_folder.FullPath));
    }

    private void Save(TrainingState state)
    {
        using var weights = ones(2);
        Checkpoint.Save(_folder["checkpoint.safetensors"], _folder["checkpoint.previous.safetensors"], state, ["cat"], [KeyValuePair.Create("a", weights)], result: null);
    }
}
