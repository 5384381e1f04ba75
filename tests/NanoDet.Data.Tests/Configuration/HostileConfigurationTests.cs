using CsCheck;
using NanoDet.Data.Configuration;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Configuration;

public sealed class HostileConfigurationTests
{
    [Fact]
    public void A_file_cut_at_any_place_gives_codes()
    {
        var text = SampleConfigurations.Plus;
        for (var length = 0; length < text.Length; length++)
        {
            AssertRefusedOrRead(text[..length]);
        }
    }

    [Fact]
    public void A_file_with_any_character_replaced_gives_codes()
        => Gen.Select(Gen.Int[0, SampleConfigurations.Plus.Length - 1], Gen.Char).Sample(
            (at, character) => AssertRefusedOrRead(SampleConfigurations.Plus.Remove(at, 1).Insert(at, character.ToString())), iter: 500);

    [Fact]
    public void Deep_nesting_is_refused()
    {
        AssertMalformed("nests deeper", "a: " + new string('[', 900_000));
        AssertMalformed("nests deeper", string.Concat(Enumerable.Range(0, 700).Select(depth => new string(' ', depth) + "a:\n")));
    }

    [Fact]
    public void An_alias_bomb_is_refused_or_harmless()
    {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 9).Select(i =>
            $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));

        AssertRefused(bomb + "class_names: *a9\n");
        AssertMalformed("aliases", $"a: &a [1]\nb: [{string.Join(", ", Enumerable.Repeat("*a", 101))}]");
    }

    [Fact]
    public void An_alias_inside_its_own_entry_is_refused()
        => AssertMalformed("the alias *a does not name a complete entry", "model: &a\n  arch: *a\n");

    [Fact]
    public void A_mapping_that_ends_between_key_and_value_is_refused()
        => AssertMalformed("an entry has no value", "model:\n :\n  weight_averager: ");

    [Fact]
    public void A_huge_file_is_refused()
    {
        AssertMalformed("larger than one megabyte", new string('#', 2_000_000));
        AssertMalformed("entries", "class_names: [" + string.Join(",", Enumerable.Repeat("a", 200_000)) + "]");
    }

    [Fact]
    public void Garbage_does_not_drown_the_log()
        => Assert.InRange(ConfigurationFile.Parse("my.yml", string.Concat(Enumerable.Range(0, 5000).Select(i => $"key{i}: 0\n"))).Diagnostics.Length, 1, 50);

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("just words")]
    [InlineData("- a\n- b\n")]
    [InlineData("a: 1\n---\nb: 2\n")]
    [InlineData("? [a, b]\n: c\n")]
    [InlineData("a: !!python/object/apply:os.system ['echo']\n")]
    [InlineData("a: *nothing\n")]
    [InlineData("\0")]
    public void What_is_no_configuration_is_refused(string text) => AssertRefused(text);

    // Memory in proportion to the text: an alias is the node that it names, not a copy.
    private static ConfigurationReading Parse(string text)
    {
        ConfigurationReading? reading = null;
        Assert.InRange(Allocations.Of(() => reading = ConfigurationFile.Parse("my.yml", text)), 0, (8 << 20) + (500L * text.Length));
        return reading!;
    }

    private static void AssertMalformed(string reason, string text)
    {
        var diagnostic = Assert.Single(Parse(text).Diagnostics);
        Assert.Equal("NDB3001", diagnostic.Code);
        Assert.Contains(reason, diagnostic.Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(string text)
    {
        AssertRefusedOrRead(text);
        Assert.Null(Parse(text).Configuration);
    }

    private static void AssertRefusedOrRead(string text)
    {
        var reading = Parse(text);
        Assert.Equal(reading.Configuration is null, reading.Diagnostics.Length > 0);
        Assert.All(reading.Diagnostics, diagnostic => Assert.Matches("NDB30|NDB1043|NDB1046", diagnostic.Code));
    }
}
