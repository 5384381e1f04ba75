using CsCheck;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Data.Tests.Fingerprints;

public sealed class FingerprintTests
{
    private static readonly Gen<Dictionary<string, string>> Entries = Gen.Dictionary(Gen.String[0, 4], Gen.String[0, 4])[0, 8];

    private static readonly Gen<string?> Facet = Gen.String[0, 4].Null();

    [Fact]
    public void Two_fingerprints_are_equal_exactly_where_their_entries_are()
        => Gen.Select(Entries, Entries).Sample((a, b) =>
            Assert.Equal(a.Count == b.Count && a.All(pair => b.TryGetValue(pair.Key, out var value) && value == pair.Value), Of(a).Hash == Of(b).Hash));

    [Fact]
    public void The_order_of_entries_plays_no_part()
        => Entries.Sample(entries => Assert.Equal(Of(entries).Hash, new Fingerprint(Of(entries).Entries.Reverse()).Hash));

    [Fact]
    public void The_changes_turn_the_earlier_entries_into_the_present_ones()
        => Gen.Select(Entries, Entries).Sample((before, after) =>
        {
            var replayed = new Dictionary<string, string>(before);
            foreach (var change in Of(after).ChangesSince(Of(before)))
            {
                Assert.Equal(change.Before, before.GetValueOrDefault(change.Name));
                if (change.After is null)
                {
                    replayed.Remove(change.Name);
                }
                else
                {
                    replayed[change.Name] = change.After;
                }
            }

            Assert.Equal(after.OrderBy(pair => pair.Key, StringComparer.Ordinal), replayed.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        });

    [Fact]
    public void An_image_counts_as_the_entry_of_its_name_so_that_keys_of_stages_stay_what_they_were()
        => Gen.Select(Entries, Gen.String[0, 4], Facet, Facet, Facet, Facet).Sample((settings, path, classes, group, labels, part) =>
        {
            var image = new ImageEntry(path, "0f") { Classes = classes, Group = group, Labels = labels, Part = part };
            var text = "0f" + (classes is null ? "" : $"|classes={classes}") + (group is null ? "" : $"|group={group}")
                + (labels is null ? "" : $"|labels={labels}") + (part is null ? "" : $"|part={part}");
            FingerprintEntry[] entries = [.. settings.Select(pair => new FingerprintEntry(pair.Key, pair.Value)), new("NanoDetSeed", "0"), new("the tool", "1")];

            Assert.Equal(new Fingerprint([.. entries, new($"image {path}", text)]).Hash, new Fingerprint(entries, [image]).Hash);
        });

    [Fact]
    public void The_same_image_twice_is_refused()
        => Assert.Throws<ArgumentException>(() => new Fingerprint([], [new("a.png", "0f"), new("a.png", "1e")]));

    private static Fingerprint Of(Dictionary<string, string> entries)
        => new(entries.Select(pair => new FingerprintEntry(pair.Key, pair.Value)));
}
