using CsCheck;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Stages;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Stages;

public sealed class StageRecordTests
{
    private static readonly string[] Pieces = ["a", " ", "\t", "\n", "\r", "\\", "-", "|", "=", "夜"];

    private static readonly Gen<string> Text = Gen.Int[0, Pieces.Length - 1].Array[0, 5].Select(pieces => string.Concat(pieces.Select(piece => Pieces[piece])));

    [Fact]
    public void Settings_and_images_come_back_as_they_were_written()
    {
        using var folder = new TestFolder();
        Gen.Select(Text.Array[1, 3], Text.Array[0, 3], Text.Null(), Text.Null(), Text.Null()).Sample((names, paths, classes, group, labels) =>
        {
            var written = new Fingerprint(
                names.Distinct().Select(name => new FingerprintEntry($"s{name}", name)),
                [.. paths.Distinct().Select(path => new ImageEntry(path, "0f") { Classes = classes, Group = group, Labels = labels, Part = "train" })]);
            StageRecord.Write(folder["r.done"], written, [KeyValuePair.Create("a b.json", "12")]);

            var read = StageRecord.ReadInputs(folder["r.done"]);

            Assert.Equal(written.Hash, read?.Hash);
            Assert.Equal(written.Entries, read!.Entries.AsEnumerable());
            Assert.Equal(written.Images, read.Images.AsEnumerable());
            Assert.Equal([KeyValuePair.Create("a b.json", "12")], StageRecord.Read(folder["r.done"])!.Outputs);
        }, threads: 1);
    }

    /// <summary>Where the end of the outputs is missing, a result may be, and the stage makes them again.</summary>
    [Fact]
    public void A_record_that_ends_before_its_inputs_is_no_record()
    {
        using var folder = new TestFolder();
        StageRecord.Write(folder["r.done"], new Fingerprint([new FingerprintEntry("epochs", "1")], []), [KeyValuePair.Create("a.json", "12"), KeyValuePair.Create("b.json", "34")]);
        var lines = File.ReadAllLines(folder["r.done"]);

        Assert.All(Enumerable.Range(0, 3), kept =>
        {
            File.WriteAllLines(folder["r.done"], lines[..(kept + 1)]);
            Assert.Null(StageRecord.Read(folder["r.done"]));
        });
        File.WriteAllLines(folder["r.done"], lines);
        Assert.Equal(2, StageRecord.Read(folder["r.done"])!.Outputs.Count);
    }

    public static TheoryData<string> Kinds => [.. StrangeFile.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_no_file_in_place_of_a_record_is_no_record_and_is_replaced(string kind)
    {
        using var folder = new TestFolder();
        var written = new Fingerprint([new FingerprintEntry("epochs", "1")], []);
        StrangeFile.Make(kind, folder["r.done"]);

        // A pipe would be waited for.
        var read = await Task.Run(() => StageRecord.Read(folder["r.done"]), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        StageRecord.Write(folder["r.done"], written, []);

        Assert.Null(read);
        Assert.Equal(written.Hash, StageRecord.ReadInputs(folder["r.done"])!.Hash);
    }
}
