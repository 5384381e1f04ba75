using NanoDet.Data.Labels.Letters;

namespace NanoDet.Data.Tests.Labels;

public sealed class ComposedLettersTests
{
    /// <summary>Pairs of texts that look the same and their NFC, made by Python's unicodedata.</summary>
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
    [InlineData("\u0061\u0302\u0323", "\u1ead")]
    [InlineData("\u00e2\u0323", "\u1ead")]
    [InlineData("\u1ea1\u0302", "\u1ead")]
    [InlineData("\u0071\u0307\u0323", "\u0071\u0323\u0307")]
    [InlineData("\u0065\u0301\u0302", "\u00e9\u0302")]
    [InlineData("\u1e9b\u0323", "\u1e9b\u0323")]
    [InlineData("\u1e69", "\u1e69")]
    [InlineData("\u0073\u0307\u0323", "\u1e69")]
    [InlineData("\u2126", "\u03a9")]
    [InlineData("\u212a", "\u004b")]
    [InlineData("\u212b", "\u00c5")]
    [InlineData("\u0041\u0323\u030a", "\u1ea0\u030a")]
    [InlineData("\u1f71", "\u03ac")]
    [InlineData("\u1fee", "\u0385")]
    [InlineData("\u0344\u0061", "\u0308\u0301\u0061")]
    [InlineData("\u03b9\u0344", "\u0390")]
    [InlineData("\u0958", "\u0915\u093c")]
    [InlineData("\ufb2c", "\u05e9\u05bc\u05c1")]
    [InlineData("\u05e9\u05c1\u05bc", "\u05e9\u05bc\u05c1")]
    [InlineData("\uf900", "\u8c48")]
    [InlineData("\uac00\u11a8", "\uac01")]
    [InlineData("\u0062\u0301\u0061", "\u0062\u0301\u0061")]
    [InlineData("\U0001f600\u0301", "\U0001f600\u0301")]
    public void Letters_and_marks_become_one_character(string decomposed, string composed)
    {
        Assert.Equal(composed, ComposedLetters.Of(decomposed));
        Assert.Equal(composed, ComposedLetters.Of(composed));
    }
}
