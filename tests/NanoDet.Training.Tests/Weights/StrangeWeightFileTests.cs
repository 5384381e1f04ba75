using NanoDet.Core.Diagnostics;
using NanoDet.Testing;
using NanoDet.Training.Weights;

namespace NanoDet.Training.Tests.Weights;

public sealed class StrangeWeightFileTests
{
    public static TheoryData<string> Kinds => [.. StrangeFile.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Weights_that_cannot_be_read_to_their_end_are_told_and_never_waited_for(string kind)
    {
        using var folder = new TestFolder();
        var path = folder["weights.safetensors"];
        StrangeFile.Make(kind, path);

        var error = await Assert.ThrowsAsync<NanoDetException>(() => Task.Run(() => WeightFile.Read(path), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));

        Assert.Equal(("NDB4100", path), (error.Diagnostic.Code, error.Diagnostic.Location!.Value.File));
    }
}
