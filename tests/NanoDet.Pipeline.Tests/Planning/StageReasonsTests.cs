using System.Globalization;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Planning;

namespace NanoDet.Pipeline.Tests.Planning;

public sealed class StageReasonsTests
{
    [Theory]
    [InlineData(20, 20, "s19 is now 'on'")]
    [InlineData(21, 20, "2 more changes")]
    [InlineData(500, 20, "481 more changes")]
    public void A_long_list_ends_with_how_many_more_there_are(int changes, int lines, string last)
    {
        var now = new Fingerprint(Enumerable.Range(0, changes).Select(i => new FingerprintEntry(string.Create(CultureInfo.InvariantCulture, $"s{i:D2}"), "on")));

        var reasons = StageReasons.Of(new Fingerprint([]), now);

        Assert.Equal((lines, last), (reasons.Length, reasons[^1]));
    }
}
