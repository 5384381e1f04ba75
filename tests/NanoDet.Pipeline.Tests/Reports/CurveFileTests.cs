using NanoDet.Pipeline.Reports;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Reports;

public sealed class CurveFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_curve_is_a_file_and_no_name_of_a_class_is_part_of_a_path()
    {
        var report = TestReports.Full(["../a\"b", "nut"], []);
        CurveFiles.Write(_folder.FullPath, report);

        string[] charts = ["000-precision-recall.svg", "000-threshold.svg", "001-precision-recall.svg", "001-threshold.svg"];
        Assert.Equal(
            new[] { "validation-part", "test-part" }.SelectMany(part => charts.Select(chart => $"{part}-{chart}").Append($"{part}.csv"))
                .Concat(["training-learning-rate.svg", "training-losses.svg", "training-map-on-the-validation-part.svg", "training.csv"]).Order(StringComparer.Ordinal),
            Directory.GetFiles(_folder.FullPath).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        var rows = File.ReadAllLines(_folder["validation-part.csv"]);
        var details = report.Parts[0].Details!;
        Assert.Equal(1 + details.Classes.Sum(item => item.Points.Length), rows.Length);
        Assert.Equal(FormattableString.Invariant($"0,\"../a\"\"b\",{details.Classes[0].Points[0].Score},{details.Classes[0].Points[0].Precision},{details.Classes[0].Points[0].Recall},{details.Classes[0].Points[0].F1}"), rows[1]);
        Assert.Equal(["epoch,learning_rate,loss_qfl,mAP,AP_50", "1,0.001,2.5,,", "2,0.0005,1.5,0.25,0.5"], File.ReadAllLines(_folder["training.csv"]));
    }

    [Fact]
    public void Files_of_another_model_are_gone()
    {
        CurveFiles.Write(_folder.FullPath, TestReports.Full(["bolt", "nut"], []));
        CurveFiles.Write(_folder.FullPath, TestReports.Full(["bolt"], []));

        Assert.DoesNotContain(Directory.GetFiles(_folder.FullPath), file => file.Contains("-001-", StringComparison.Ordinal));
    }
}
