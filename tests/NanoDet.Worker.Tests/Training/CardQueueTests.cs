using NanoDet.Pipeline.Folders;

namespace NanoDet.Worker.Tests.Training;

/// <summary>Two trainings on one card. No machine of a test has to have one: the queue comes before CUDA is looked for.</summary>
public sealed class CardQueueTests
{
    [Fact]
    public void The_second_says_that_it_waits_and_goes_on_when_the_first_has_ended()
    {
        using var work = new TrainingWorkplace(epochs: 1);
        var home = Directory.CreateDirectory(work["home"]).FullName;
        (string, string)[] environment = [(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME", home), ("CUDA_VISIBLE_DEVICES", "4,7"), ("NANODET_LIBTORCH", work["no libtorch"])];
        using var first = FolderLock.Take(Path.Combine(home, ".nanodet", "cards", "7"), TimeSpan.Zero, CancellationToken.None);

        // Another card is free. It has no libtorch with CUDA, so it ends there.
        Assert.Contains("error NDB9001", work.Train("other", new { device = "cuda" }, environment: environment).Lines[^1], StringComparison.Ordinal);

        using var second = work.Start("second", more: new { device = "cuda", card = 1 }, environment: environment);
        var line = second.StandardOutput.ReadLine();
        Assert.StartsWith("the card cuda:1 is in use: waiting for another build, which works in '", line, StringComparison.Ordinal);
        Assert.False(second.HasExited);

        first.Dispose();
        Assert.Contains("error NDB9001", TrainingWorkplace.End(second).Lines[^1], StringComparison.Ordinal);
    }
}
