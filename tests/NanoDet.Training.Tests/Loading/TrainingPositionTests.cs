using NanoDet.Training.Loading;

namespace NanoDet.Training.Tests.Loading;

public sealed class TrainingPositionTests
{
    [Theory]
    [InlineData(0, 0, "epoch 1, step 1")]
    [InlineData(2, 1, "epoch 3, step 2")]
    [InlineData(2, 2, "the end of epoch 3, after its last step")]
    public void What_comes_after_the_last_step_of_an_epoch_is_its_end(int epoch, int step, string words)
        => Assert.Equal(words, new TrainingPosition(epoch, step).InWords(stepsPerEpoch: 2));
}
