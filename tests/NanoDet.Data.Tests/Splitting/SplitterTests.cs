using System.Collections.Immutable;
using CsCheck;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Splitting;

namespace NanoDet.Data.Tests.Splitting;

public sealed class SplitterTests
{
    private static readonly SplitOptions Options = new();

    [Fact]
    public void Adding_a_thousand_images_one_by_one_never_moves_an_image()
    {
        var items = new List<SplitItem>();
        var parts = new Dictionary<string, DatasetPart>();
        var record = SplitRecord.Empty(Options);
        for (var i = 0; i < 1000; i++)
        {
            // A class every image, one of every tenth, and one that stays rare.
            items.Add(Item(i, [.. new[] { "common" }.Concat(i % 10 == 0 ? ["tenth"] : []).Concat(i % 400 == 7 ? ["rare"] : [])]));
            var result = Splitter.Split(items, Options, record);
            record = result.Record;
            for (var j = 0; j < items.Count; j++)
            {
                Assert.True(parts.TryAdd(items[j].Path, result.Parts[j]) || parts[items[j].Path] == result.Parts[j], $"{items[j].Path} moved when image {i} came");
            }
        }

        Assert.InRange(parts.Values.Count(part => part == DatasetPart.Validation), 160, 240);
        Assert.InRange(record.Parts.Count, 1, 30);
        Assert.Contains(items, item => item.Classes.Contains("rare") && parts[item.Path] == DatasetPart.Validation);
    }

    [Fact]
    public void Whatever_comes_in_whatever_portions_no_image_moves_and_every_class_with_two_images_is_in_both_parts()
        => Gen.Select(
            Gen.Select(Gen.Int[0, 4].HashSet[0, 3], Gen.Int[0, 3]).List[1, 40],
            Gen.Int[1, 7],
            Gen.Int[0, 1000]).Sample((images, portion, seed) =>
        {
            var options = new SplitOptions(0.2, 0.1, seed);
            var items = images.Select((image, i) => Item(i, [.. image.Item1.Select(label => $"class{label}")]) with
            {
                Group = image.Item2 == 0 ? $"group{i % 3}" : null,
            }).ToList();
            var seen = new Dictionary<string, DatasetPart>();
            var record = SplitRecord.Empty(options);
            for (var count = portion; ; count += portion)
            {
                var present = items.Take(count).ToList();
                var result = Splitter.Split(present, options, record);
                record = result.Record;
                for (var i = 0; i < present.Count; i++)
                {
                    Assert.True(seen.TryAdd(present[i].Path, result.Parts[i]) || seen[present[i].Path] == result.Parts[i]);
                }

                if (count >= items.Count)
                {
                    break;
                }
            }

            foreach (var group in items.Where(item => item.Group is not null).GroupBy(item => item.Group))
            {
                Assert.Single(group.Select(item => seen[item.Path]).Distinct());
            }
        });

    [Fact]
    public void A_class_with_two_images_is_in_training_and_in_validation()
        => Gen.Int[0, 100_000].Sample(seed =>
        {
            var items = Enumerable.Range(0, 12).Select(i => Item(i, [i < 2 ? "rare" : "common"])).ToList();
            var result = Splitter.Split(items, Options with { Seed = seed }, SplitRecord.Empty(Options with { Seed = seed }));
            // So few images may be far from their shares.
            Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.Code != "NDB2009");
            Assert.NotEqual(result.Parts[0], result.Parts[1]);
            Assert.Contains(DatasetPart.Validation, result.Parts);
        });

    [Fact]
    public void A_class_that_loses_its_only_image_for_validation_gets_another_although_the_record_keeps_all_others()
    {
        var items = Enumerable.Range(0, 200).Select(i => Item(i, ["common"])).ToList();
        var natural = Splitter.Split(items, Options, SplitRecord.Empty(Options)).Parts;
        var rare = items.Index().Where(entry => natural[entry.Index] == DatasetPart.Train).Take(11).Select(entry => entry.Index).ToList();
        foreach (var i in rare)
        {
            items[i] = items[i] with { Classes = ["common", "washer"] };
        }

        var first = Splitter.Split(items, Options, SplitRecord.Empty(Options));
        var standIn = rare.Single(i => first.Parts[i] == DatasetPart.Validation);
        var left = items.Index().Where(entry => entry.Index != standIn).Select(entry => entry.Item).ToList();
        var second = Splitter.Split(left, Options, first.Record);

        Assert.Empty(second.Diagnostics);
        Assert.Single(left.Zip(second.Parts), entry => entry.First.Classes.Contains("washer") && entry.Second == DatasetPart.Validation);
        Assert.Equal(1, left.Index().Count(entry => second.Parts[entry.Index] != first.Parts[items.IndexOf(entry.Item)]));

        // And no image that comes later moves another.
        var third = Splitter.Split([.. left, Item(1000, ["washer"])], Options, second.Record);
        Assert.Equal(second.Parts, third.Parts[..left.Count]);
    }

    [Fact]
    public void The_order_of_the_images_and_their_names_play_no_part()
        => Gen.Select(Gen.Int[0, 1000], Gen.Shuffle(Enumerable.Range(0, 60).ToArray())).Sample((seed, order) =>
        {
            var options = new SplitOptions(Seed: seed);
            var items = Enumerable.Range(0, 60).Select(i => Item(i, [$"class{i % 7}"])).ToList();
            var straight = Splitter.Split(items, options, SplitRecord.Empty(options));
            var shuffled = Splitter.Split([.. order.Select(i => items[i] with { Path = $"renamed/{i}" })], options, SplitRecord.Empty(options));
            Assert.Equal(order.Select(i => straight.Parts[i]), shuffled.Parts);
            Assert.Equal(straight.Record.ToJson(), shuffled.Record.ToJson());
        });

    [Fact]
    public void A_test_part_is_cut_from_training_alone()
    {
        var items = Enumerable.Range(0, 500).Select(i => Item(i, ["a"])).ToList();
        var two = Splitter.Split(items, Options, SplitRecord.Empty(Options)).Parts;
        var withTest = Options with { Test = 0.1 };
        var three = Splitter.Split(items, withTest, SplitRecord.Empty(withTest)).Parts;
        Assert.InRange(three.Count(part => part == DatasetPart.Test), 30, 70);
        Assert.Equal(two.Select(part => part == DatasetPart.Validation), three.Select(part => part == DatasetPart.Validation));
    }

    [Fact]
    public void The_users_assignment_is_obeyed_and_takes_the_group_along()
    {
        var items = Enumerable.Range(0, 20).Select(i => Item(i, ["a"]) with { Group = i < 6 ? "night" : null }).ToList();
        items[3] = items[3] with { Assigned = DatasetPart.Test };
        items[10] = items[10] with { Assigned = DatasetPart.Validation };
        var parts = Splitter.Split(items, Options, SplitRecord.Empty(Options)).Parts;
        Assert.All(parts.Take(6), part => Assert.Equal(DatasetPart.Test, part));
        Assert.Equal(DatasetPart.Validation, parts[10]);
    }

    [Fact]
    public void The_same_picture_in_two_parts_is_an_error()
    {
        var copy = Item(1, ["a"]) with { Path = "copy.jpg", Assigned = DatasetPart.Validation };
        var result = Splitter.Split([Item(0, ["a"]), Item(1, ["a"]) with { Assigned = DatasetPart.Train }, copy], Options, SplitRecord.Empty(Options));
        Assert.Contains(result.Diagnostics, diagnostic => diagnostic is { Code: "NDB2001", Location.File: "copy.jpg" });
    }

    [Fact]
    public void The_same_picture_in_two_groups_that_part_is_an_error()
    {
        SplitItem[] items = [Item(1, ["a"]) with { Group = "x", Assigned = DatasetPart.Train }, Item(1, ["a"]) with { Group = "y", Path = "y.jpg", Assigned = DatasetPart.Test }, Item(2, ["a"])];
        Assert.Contains(Splitter.Split(items, Options, SplitRecord.Empty(Options)).Diagnostics, diagnostic => diagnostic.Code == "NDB2001");
    }

    [Fact]
    public void A_group_that_asks_for_two_parts_is_an_error()
    {
        SplitItem[] items = [Item(1, []) with { Group = "x", Assigned = DatasetPart.Train }, Item(2, []) with { Group = "x", Assigned = DatasetPart.Test }, Item(3, [])];
        Assert.Contains(Splitter.Split(items, Options, SplitRecord.Empty(Options)).Diagnostics, diagnostic => diagnostic.Code == "NDB2002");
    }

    [Fact]
    public void A_class_with_one_image_is_a_warning_that_counts_it()
    {
        var items = Enumerable.Range(0, 30).Select(i => Item(i, [i == 0 ? "lonely" : "common"])).ToList();
        var warning = Assert.Single(Splitter.Split(items, Options, SplitRecord.Empty(Options)).Diagnostics);
        Assert.Equal("NDB2005", warning.Code);
        Assert.Contains("'lonely' has 1 image,", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_image_cannot_be_both_learnt_from_and_judged_on()
        => Assert.Contains(Splitter.Split([Item(0, [])], Options, SplitRecord.Empty(Options)).Diagnostics, diagnostic => diagnostic.Code == "NDB2006");

    internal static SplitItem Item(int number, ImmutableArray<string> classes)
        => new($"images/{number}.jpg", ContentHash.Of(BitConverter.GetBytes(number)).ToString(), classes);
}
