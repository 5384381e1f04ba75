using NanoDet.Core.Diagnostics;

namespace NanoDet.Core.Tests.Diagnostics;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData("total_epoch", "total_epochs")]
    [InlineData("WCB", "WBC")]
    [InlineData("wbc", "WBC")]
    [InlineData("Platlets", "Platelets")]
    public void A_word_with_few_edits_is_meant(string word, string meant)
        => Assert.Equal(meant, Suggestion.For(word, ["RBC", "WBC", "Platelets", "total_epochs"]));

    [Theory]
    [InlineData("zebra")]
    [InlineData("")]
    public void A_word_with_many_edits_is_none(string word) => Assert.Null(Suggestion.For(word, ["RBC", "WBC", "Platelets"]));

    [Fact]
    public void A_very_long_word_is_not_compared()
        => Assert.Null(Suggestion.For(new string('a', 65), [new string('a', 64)]));
}
