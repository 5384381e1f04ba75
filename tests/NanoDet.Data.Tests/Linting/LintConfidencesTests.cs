using System.Text.Json;
using NanoDet.Data.Linting;

namespace NanoDet.Data.Tests.Linting;

public sealed class LintConfidencesTests
{
    [Fact]
    public void Chosen_confidences_replace_those_of_their_codes()
    {
        var chosen = LintConfidences.TryParse(" NDB1603 = 0.75; ndb1602=1 ;")!;

        Assert.Equal(LintOptions.Default with { Box = 0.75, NoLabel = 1 }, chosen.In(LintOptions.Default));
        Assert.Equal(LintOptions.Seen with { Box = 0.75, NoLabel = 1 }, chosen.In(LintOptions.Seen));
        Assert.Equal("NDB1602=1;NDB1603=0.75", chosen.ToString());
    }

    [Fact]
    public void Every_finding_has_a_confidence_of_its_own()
    {
        var all = LintConfidences.TryParse("NDB1601=0.1;NDB1602=0.2;NDB1603=0.3;NDB1604=0.4;NDB1605=0.5")!.In(LintOptions.Default);

        Assert.Equal([0.1, 0.2, 0.3, 0.4, 0.5], Enum.GetValues<LabelFindingKind>().Select(all.Of));
    }

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    public void Nothing_chosen_changes_nothing(string text)
        => Assert.Equal(LintOptions.Default, LintConfidences.TryParse(text)!.In(LintOptions.Default));

    [Theory]
    [InlineData("0.5")]
    [InlineData("NDB1602")]
    [InlineData("NDB1602=")]
    [InlineData("NDB1602=0,5")]
    [InlineData("NDB1602=1.5")]
    [InlineData("NDB1602=-0.1")]
    [InlineData("NDB1602=NaN")]
    [InlineData("NDB1606=0.5")]
    [InlineData("NDB1602=0.5=0.6")]
    [InlineData("NDB1602=0.5;NDB1602=0.6")]
    public void What_is_no_confidence_of_a_finding_is_refused(string text)
    {
        Assert.Null(LintConfidences.TryParse(text));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<LintConfidences>(JsonSerializer.Serialize(text)));
    }

    [Fact]
    public void Confidences_survive_json()
        => Assert.Equal("\"NDB1602=0.8\"", JsonSerializer.Serialize(JsonSerializer.Deserialize<LintConfidences>("\"NDB1602=0.8\"")));
}
