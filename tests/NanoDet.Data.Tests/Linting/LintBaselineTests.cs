using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Linting;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Linting;

public sealed class LintBaselineTests
{
    private static readonly string Content = new('a', 64);

    [Fact]
    public void An_accepted_finding_stays_accepted_where_its_image_is_renamed_and_its_box_moves_a_little()
    {
        var baseline = LintBaseline.Empty.With([Finding("images/a.jpg", new(10, 10, 50, 50))]);

        Assert.True(baseline.Contains(Finding("more/b.jpg", new(12, 10, 52, 49))));
    }

    [Fact]
    public void Another_place_class_code_or_image_is_another_finding()
    {
        var baseline = LintBaseline.Empty.With([Finding("images/a.jpg", new(10, 10, 50, 50))]);

        Assert.False(baseline.Contains(Finding("images/a.jpg", new(60, 10, 100, 50))));
        Assert.False(baseline.Contains(Finding("images/a.jpg", new(10, 10, 50, 50)) with { Class = "nut" }));
        Assert.False(baseline.Contains(Finding("images/a.jpg", new(10, 10, 50, 50)) with { Code = "NDB1603" }));
        Assert.False(baseline.Contains(Finding("images/a.jpg", new(10, 10, 50, 50)) with { Sha256 = new('b', 64) }));
    }

    [Fact]
    public void The_file_has_the_same_bytes_in_whatever_order_findings_are_accepted()
    {
        var (one, two) = (Finding("images/a.jpg", new(10, 10, 50, 50)), Finding("images/b.jpg", new(60, 10, 100, 50)));

        Assert.Equal(LintBaseline.Empty.With([one, two]).ToJson(), LintBaseline.Empty.With([two]).With([one, two]).ToJson());
    }

    [Fact]
    public void Copies_of_an_image_have_one_entry()
        => Assert.Single(LintBaseline.Empty.With([Finding("images/a.jpg", new(10, 10, 50, 50)), Finding("images/copy.jpg", new(10, 10, 50, 50))]).Accepted);

    [Fact]
    public void A_folder_of_its_name_is_an_error()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["nanodet.lint.json"]);

        Assert.Equal("NDB1610", Assert.Throws<NanoDetException>(() => LintBaseline.Read(folder["nanodet.lint.json"])).Diagnostic.Code);
    }

    [Fact]
    public void The_file_can_be_read_again()
    {
        using var folder = new TestFolder();
        var baseline = LintBaseline.Empty.With([Finding("images/a.jpg", new(10, 10, 50, 50))]);
        File.WriteAllBytes(folder["nanodet.lint.json"], baseline.ToJson());

        Assert.Equal(baseline.ToJson(), LintBaseline.Read(folder["nanodet.lint.json"]).ToJson());
        Assert.Empty(LintBaseline.Read(folder["absent.json"]).Accepted);
    }

    [Theory]
    [InlineData("<<<<<<< HEAD")]
    [InlineData("""{"version":2,"accepted":[]}""")]
    [InlineData("""{"version":1,"accepted":[null]}""")]
    [InlineData("""{"version":1,"accepted":[{"code":"NDB1601","image":"a","sha256":"00","class":"a","box":[1,2,3,4]}]}""")]
    [InlineData("""{"version":1,"accepted":[{"code":"NDB1601","image":"a","sha256":"0000000000000000000000000000000000000000000000000000000000000000","class":"a","box":[1,2,3]}]}""")]
    public void A_file_that_is_no_baseline_is_one_error(string text)
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder["nanodet.lint.json"], text, Encoding.UTF8);

        Assert.Equal("NDB1610", Assert.Throws<NanoDetException>(() => LintBaseline.Read(folder["nanodet.lint.json"])).Diagnostic.Code);
    }

    private static AcceptedFinding Finding(string image, BoundingBox box) => AcceptedFinding.Of("NDB1601", image, Content, "bolt", box);
}
