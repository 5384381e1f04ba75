using NanoDet.Data.Labels;

namespace NanoDet.Data.Tests.Labels;

public sealed class ComposedLettersTests
{
    /// <summary>Pairs of NFD and NFC, made by Python's unicodedata.</summary>
    [Theory]
    [InlineData("\u0065\u0301", "\u00e9")]
    [InlineData("\u0065\u0302\u0301", "\u1ebf")]
    [InlineData("\u0041\u030a", "\u00c5")]
    [InlineData("\u006e\u0303", "\u00f1")]
    [InlineData("\u0438\u0306", "\u0439")]
    [InlineData("\u304b\u3099", "\u304c")]
    [InlineData("\u1100\u1161\u11a8", "\uac01")]
    [InlineData("\u1100\u1161", "\uac00")]
    [InlineData("\u03bf\u0301", "\u03cc")]
    [InlineData("\u0055\u0308\u002e\u006a\u0070\u0067", "\u00dc\u002e\u006a\u0070\u0067")]
    [InlineData("\u0078\u030c", "\u0078\u030c")]
    public void Letters_and_marks_become_one_character(string decomposed, string composed)
    {
        Assert.Equal(composed, ComposedLetters.Of(decomposed));
        Assert.Equal(composed, ComposedLetters.Of(composed));
    }
}
