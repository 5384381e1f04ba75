using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Splitting;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Splitting;

public sealed class SplitRecordTests
{
    private static readonly SplitOptions Options = new(0.25, 0.05, 7);

    [Fact]
    public void A_record_comes_back_as_it_was_written()
    {
        using var folder = new TestFolder();
        var record = SplitRecord.Empty(Options);
        record = record with { Parts = record.Parts.Add("image:ab", DatasetPart.Validation).Add("group:夜 \"1\"", DatasetPart.Train) };
        File.WriteAllBytes(folder["nanodet.split.json"], record.ToJson());

        var read = SplitRecord.Read(folder["nanodet.split.json"], Options);

        Assert.Equal(record.Parts, read.Parts);
        Assert.Equal(record.ToJson(), read.ToJson());
    }

    [Fact]
    public void The_bytes_of_the_file_are_those_of_earlier_versions()
        => Assert.Equal(
            """
            {
              "version": 1,
              "seed": 7,
              "validation": 0.25,
              "test": 0.05,
              "parts": {
                "group:夜 \"1\"": "val",
                "image:ab": "train"
              }
            }

            """,
            Encoding.UTF8.GetString((SplitRecord.Empty(Options) with { Parts = SplitRecord.Empty(Options).Parts.Add("image:ab", DatasetPart.Train).Add("group:夜 \"1\"", DatasetPart.Validation) }).ToJson()));

    [Fact]
    public void A_record_of_other_shares_or_another_seed_says_nothing()
    {
        using var folder = new TestFolder();
        var record = SplitRecord.Empty(Options);
        File.WriteAllBytes(folder["r.json"], (record with { Parts = record.Parts.Add("image:ab", DatasetPart.Train) }).ToJson());
        Assert.Empty(SplitRecord.Read(folder["r.json"], Options with { Seed = 8 }).Parts);
        Assert.Empty(SplitRecord.Read(folder["absent.json"], Options).Parts);
    }

    [Theory]
    [InlineData("{\n<<<<<<< ours\n", 2)]
    [InlineData("[]", 0)]
    [InlineData("{\"version\": 9}", 0)]
    [InlineData("{\"version\":1,\"seed\":7,\"validation\":0.25,\"test\":0.05,\"parts\":{\"image:a\":\"nowhere\"}}", 0)]
    [InlineData("{\"version\":1,\"seed\":7,\"validation\":0.25,\"test\":0.05,\"parts\":{\"a\":\"train\",\"a\":\"val\"}}", 0)]
    public void A_file_that_is_no_record_is_an_error_at_its_line(string content, int line)
    {
        using var folder = new TestFolder();
        var path = folder.Write("r.json", content);
        var diagnostic = Assert.Throws<NanoDetException>(() => SplitRecord.Read(path, Options)).Diagnostic;
        Assert.Equal("NDB2007", diagnostic.Code);
        Assert.Equal(line, diagnostic.Location!.Value.Line);
    }
}
