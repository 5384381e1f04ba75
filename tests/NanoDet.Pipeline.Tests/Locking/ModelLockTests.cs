using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Locking;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Locking;

public sealed class ModelLockTests : IDisposable
{
    private static readonly Dataset Data = new(["bolt", "nut"], [Image("a", 'a'), Image("b", 'b'), Image("c", 'c') with { Part = DatasetPart.Test }]);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_and_an_image_is_a_line()
    {
        var written = Lock(Data) with { Model = new LockedModel("1", "2", "finetune", "3", 4) };
        File.WriteAllBytes(_folder["nanodet.lock.json"], LockFile.ToJson(written));

        var read = LockFile.Read(_folder["nanodet.lock.json"]);

        Assert.Empty(read.DifferencesTo(written));
        Assert.Equal(written.Model, read.Model);
        var changed = LockFile.ToJson(Lock(Change(Data, 1, image => image with { Objects = [] })) with { Model = written.Model });
        var (before, after) = (Encoding.UTF8.GetString(LockFile.ToJson(written)).Split('\n'), Encoding.UTF8.GetString(changed).Split('\n'));
        Assert.Single(before.Except(after));
        Assert.Single(after.Except(before));
    }

    [Fact]
    public void The_bytes_of_the_file_are_those_of_earlier_versions()
    {
        var image = Data.Images[0] with { Path = "夜/a \"1\".png" };
        var labels = LabelFingerprint.Of(image, Data.Classes).ToString()[..32];

        Assert.Equal(
            $$"""
            {
              "version": 1,
              "model": {
                "onnx": "1",
                "weights": "2",
                "policy": "scratch",
                "parent": null,
                "generation": 0
              },
              "classes": [
                "bolt",
                "nut"
              ],
              "settings": {
                "schedule.totalEpochs": "5"
              },
              "images": {
                "夜/a \"1\".png": "train {{new string('a', 32)}} {{labels}}"
              }
            }

            """,
            Encoding.UTF8.GetString(LockFile.ToJson(Lock(Data with { Images = [image] }) with { Model = new LockedModel("1", "2", "scratch", null, 0) })));
    }

    [Fact]
    public void Differences_are_told_by_name_and_a_picture_that_moved_is_none()
    {
        var locked = Lock(Data);
        Assert.Empty(locked.DifferencesTo(Lock(Change(Data, 0, image => image with { Path = "moved.png" }))));
        Assert.Equal(["labels of b.png changed"], locked.DifferencesTo(Lock(Change(Data, 1, image => image with { Objects = [] }))));
        Assert.Equal(["part of c.png changed"], locked.DifferencesTo(Lock(Change(Data, 2, image => image with { Part = DatasetPart.Train }))));
        Assert.Equal(["content of a.png changed"], locked.DifferencesTo(Lock(Change(Data, 0, image => image with { ContentHash = new string('d', 64) }))));
        Assert.Equal(["d.png is not in the lock file", "a.png is missing"], locked.DifferencesTo(Lock(Data with { Images = [Data.Images[1], Data.Images[2], Image("d", 'd')] })));
        Assert.Equal(["the classes are bolt, nut, rod instead of bolt, nut"], locked.DifferencesTo(Lock(Data with { Classes = ["bolt", "nut", "rod"] })));
        Assert.Equal(["schedule.totalEpochs changed from 5 to 6"], locked.DifferencesTo(Lock(Data, epochs: 6)));
    }

    [Theory]
    [InlineData("{", "NDB3061")]
    [InlineData("[]", "NDB3061")]
    [InlineData("""{"version": 2}""", "NDB3061")]
    [InlineData("""{"version": 1, "classes": [null], "settings": {}, "images": {}}""", "NDB3061")]
    [InlineData("""{"version": 1, "classes": [], "settings": {"a": 1}, "images": {}}""", "NDB3061")]
    [InlineData("""{"version": 1, "classes": [], "settings": {"a": null}, "images": {}}""", "NDB3061")]
    [InlineData("""{"version": 1, "classes": [], "settings": {"a": "1", "a": "2"}, "images": {}}""", "NDB3061")]
    [InlineData("""{"version": 1, "classes": [], "settings": {}, "images": {"a.png": "train"}}""", "NDB3061")]
    [InlineData("<<<<<<< ours", "NDB3061")]
    public void A_file_that_is_none_is_refused(string content, string code)
        => Assert.Equal(code, Assert.Throws<NanoDetException>(() => LockFile.Read(_folder.Write("nanodet.lock.json", content))).Diagnostic.Code);

    [Fact]
    public void Of_many_differences_the_first_are_told()
    {
        var many = Data with { Images = [.. Enumerable.Range(0, 13).Select(i => Image($"x{i:00}", 'x'))] };

        var message = LockDiagnostics.Differs("nanodet.lock.json", Lock(new Dataset(Data.Classes, [])).DifferencesTo(Lock(many))).Message;

        Assert.Contains("x09.png is not in the lock file; and 3 more differences", message, StringComparison.Ordinal);
    }

    private static ModelLock Lock(Dataset dataset, int epochs = 5)
        => ModelLock.Of(new DatasetMeaning(dataset), new Fingerprint([new("schedule.totalEpochs", $"{epochs}"), new("the data", "not compared")]));

    private static Dataset Change(Dataset dataset, int index, Func<DatasetImage, DatasetImage> change)
        => dataset with { Images = dataset.Images.SetItem(index, change(dataset.Images[index])) };

    private static DatasetImage Image(string name, char hash)
        => new($"{name}.png", new string(hash, 64), 8, 8, DatasetPart.Train, [new DatasetObject(0, new(1, 1, 4, 4))]);
}
