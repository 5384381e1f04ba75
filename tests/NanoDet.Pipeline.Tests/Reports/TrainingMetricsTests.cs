using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Reports;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Reports;

public sealed class TrainingMetricsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_epoch_without_a_validation_has_no_point()
    {
        var metrics = TrainingMetrics.Read(_folder.Write("metrics.csv", "epoch,learning_rate,loss,mAP\n1,0.1,NaN,\n2,1E-05,1.5,0.25\n"));

        Assert.Equal([(2.0, 0.25)], metrics.Points("mAP"));
        Assert.Equal([(1, 0.1), (2, 0.00001)], metrics.Points("learning_rate"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("epoch,loss\n1\n")]
    [InlineData("epoch,loss\n1,x\n")]
    public void A_file_of_something_else_is_refused(string content)
        => Assert.Equal("NDB9053", Assert.Throws<NanoDetException>(() => TrainingMetrics.Read(_folder.Write("metrics.csv", content))).Diagnostic.Code);
}
