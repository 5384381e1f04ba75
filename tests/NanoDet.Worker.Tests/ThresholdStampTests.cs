using System.Collections.Immutable;
using NanoDet.Core.Models;
using NanoDet.Data.Configuration;
using NanoDet.Pipeline.Manifest;
using NanoDet.Training.Export;
using NanoDet.Worker.Export;

namespace NanoDet.Worker.Tests;

/// <summary>A file with another score threshold is the file that an export with that threshold writes.</summary>
public sealed class ThresholdStampTests
{
    private static readonly ImmutableArray<string> Classes = ["bolt", "nut", "washer"];

    [Theory]
    [InlineData(ExportPrecision.Single, 0.4)]
    [InlineData(ExportPrecision.Half, 0.123456789)]
    [InlineData(ExportPrecision.Single, 0)]
    public void It_has_the_bytes_of_an_export_with_that_threshold(ExportPrecision precision, double threshold)
    {
        using var network = DetectionsExportTests.Opinionated();
        var before = WorkerTests.Configuration().MetadataFor(Classes);
        var after = before with { ScoreThreshold = threshold };
        Assert.NotEqual(before.ScoreThreshold, threshold);
        var (model, wanted) = (Export(before), Export(after));

        Assert.Equal(wanted, ThresholdStamp.Write(model, threshold));
        Assert.Equal(OnnxExporter.WithDetections(wanted, after), ThresholdStamp.Write(OnnxExporter.WithDetections(model, before), threshold));
        Assert.Equal(model, ThresholdStamp.Write(ThresholdStamp.Write(model, threshold), before.ScoreThreshold));

        byte[] Export(ModelMetadata metadata) => OnnxExporter.Export(network, metadata, new ExportOptions { Precision = precision });
    }

    [Fact]
    public void A_file_with_8_bits_is_a_file_like_others()
    {
        using var network = DetectionsExportTests.Opinionated();
        var before = WorkerTests.Configuration().MetadataFor(Classes);

        Assert.Equal(Export(before with { ScoreThreshold = 0.61 }), ThresholdStamp.Write(Export(before), 0.61));

        byte[] Export(ModelMetadata metadata)
            => QuantizedModel.Export(network, new(metadata, [DetectionsExportTests.Picture(0)], 2), 1, TestContext.Current.CancellationToken).File;
    }

    [Fact]
    public void What_is_no_file_of_the_exporter_is_refused()
    {
        using var network = DetectionsExportTests.Opinionated();
        var model = OnnxExporter.Export(network, WorkerTests.Configuration().MetadataFor(Classes));

        Assert.Throws<FormatException>(() => ThresholdStamp.Write([], 0.4));
        Assert.Throws<FormatException>(() => ThresholdStamp.Write(model.AsSpan(0, model.Length / 2), 0.4));
    }
}
