using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Tests.Diagnostics;

public sealed class PrintedTextTests
{
    [Theory]
    [InlineData("a\nb\r\tc", @"a\u000Ab\u000D\u0009c")]
    [InlineData("\u001B[2J\0\u0085\u2028", @"\u001B[2J\u0000\u0085\u2028")]
    [InlineData("photo\u202Egpj.exe", @"photo\u202Egpj.exe")]
    [InlineData("##vso[task.setvariable variable=a]b.png", @"#\u0023vso[task.setvariable variable=a]b.png")]
    [InlineData("x ##[error]y ##teamcity[z] ###[w]", @"x #\u0023[error]y #\u0023teamcity[z] ##\u0023[w]")]
    [InlineData("::error::all is lost", @"\u003A:error::all is lost")]
    [InlineData("  ::set-output name=a::b", @"  \u003A:set-output name=a::b")]
    public void What_a_terminal_or_a_build_server_would_obey_is_shown_and_has_no_effect(string text, string printed)
    {
        Assert.Equal(printed, PrintedText.Escape(text));
        Assert.Same(printed, PrintedText.Escape(printed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("猫 😀 👩‍🚀 שלום नमस्ते")]
    [InlineData(@"C:\photos\new\u.png, a::b, ##, c## [d]")]
    public void Everything_else_stays_as_it_is(string text)
    {
        Assert.Same(text, PrintedText.Escape(text));
        Assert.Null(PrintedText.FirstUnprintable(text));
    }

    // Not data of a theory, which goes through UTF-8.
    [Fact]
    public void Half_of_a_surrogate_pair_is_no_character()
    {
        Assert.Equal(@"half \uD83D, half \uDE00, whole 😀, end \uD83D", PrintedText.Escape("half \uD83D, half \uDE00, whole 😀, end \uD83D"));
        Assert.Equal('\uDE00', PrintedText.FirstUnprintable("😀\uDE00"));
        Assert.Equal('\uD83D', PrintedText.FirstUnprintable("\uD83D"));
        Assert.Equal('\n', PrintedText.FirstUnprintable("😀😀\n"));
    }

    [Fact]
    public void A_diagnostic_is_one_line_whatever_its_file_and_its_words_hold()
    {
        var diagnostic = LabelDiagnostics.AmbiguousPair(new("::error::a\n##vso[b].xml", 3), "c\n##vso[d]e", "f\u001B[1m");

        Assert.Equal(
            @"\u003A:error::a\u000A#\u0023vso[b].xml(3): error NDB1022: It is not clear which file belongs to this one: both 'c\u000A#\u0023vso[d]e' and 'f\u001B[1m' fit",
            diagnostic.ToString());
        Assert.Equal(diagnostic.Message, DiagnosticLine.TryParse(diagnostic.ToString())!.Message);
    }

    [Fact]
    public void A_shortened_name_has_no_half_of_a_character()
        => Assert.DoesNotContain(@"\uD8", LabelDiagnostics.ImageMissing(default, new string('a', 58) + "😀😀😀").ToString(), StringComparison.Ordinal);
}
