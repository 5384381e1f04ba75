using System.Globalization;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Incremental;
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

    [Theory]
    [InlineData("multiScale=null", "multiScale.high=1.5;multiScale.low=0.5", "multiScale.high is now '1.5';multiScale.low is now '0.5'")]
    [InlineData("multiScale.high=1.5;multiScale.low=0.5", "multiScale=null", "multiScale.high is no longer set;multiScale.low is no longer set")]
    [InlineData("patience=null", "patience=5", "patience is now '5'")]
    [InlineData("patience=5", "patience=null", "patience is no longer set")]
    [InlineData("patience=null", "", "patience is no longer set")]
    [InlineData("patience=4;patient=null", "patience=5", "patience changed from '4' to '5';patient is no longer set")]
    [InlineData("model.guidanceEpochs=1;schedule.totalEpochs=6", "model.guidanceEpochs=7;schedule.totalEpochs=30", "schedule.totalEpochs changed from '6' to '30';model.guidanceEpochs changed from '1' to '7'")]
    public void Settings_are_told_as_people_know_them(string before, string now, string reasons)
    {
        Assert.Equal(reasons.Split(';'), StageReasons.Of(Settings(before), Settings(now)));
        Assert.Equal(
            reasons.Replace("'", "", StringComparison.Ordinal).Split(';'),
            TrainingSettings.Differences(TrainingSettings.Of(Settings(before)), TrainingSettings.Of(Settings(now))).Select(difference => difference.Words));
    }

    [Theory]
    [InlineData(9, 9, "the data changed (9 images with 9 objects)")]
    [InlineData(10, 12, "the data changed from 9 images with 9 objects to 10 images with 12 objects")]
    public void Changed_data_is_told_by_its_size_and_not_by_its_hash(int images, int objects, string reason)
    {
        var before = new Fingerprint([TrainingSettings.DataEntry(9, 9, "0123")]);
        var now = new Fingerprint([TrainingSettings.DataEntry(images, objects, "4567")]);

        Assert.Equal([reason], StageReasons.Of(before, now));
    }

    private static Fingerprint Settings(string text) => new(
        text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(setting => setting.Split('=')).Select(setting => new FingerprintEntry(setting[0], setting[1])));
}
