using System.Text;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Stages;
using NanoDet.Pipeline.Store;
using NanoDet.Pipeline.Store.Local;
using NanoDet.Pipeline.Store.Protocol;
using NanoDet.Pipeline.Store.Pruning;
using NanoDet.Pipeline.Store.Stages;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Store;

/// <summary>A store is made smaller, and what the last models need stays.</summary>
public sealed class PruneTests : IDisposable
{
    private static readonly DateTime Long = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly TestFolder _folder = new("store");
    private readonly StageFolder _stages = new();
    private readonly LocalStore _local;
    private readonly StageStore _store;

    public PruneTests()
    {
        _local = new LocalStore(_folder.FullPath);
        _store = new StageStore(new StoreSettings { Folder = _folder.FullPath });
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_200_models_the_last_three_of_a_name_stay_and_can_be_restored()
    {
        var keys = new List<string[]>();
        for (var i = 0; i < 200; i++)
        {
            keys.Add(i is >= 25 and < 40 or 199 ? await KeepAsync($"{i}", Long.AddMinutes(i)) : Fill(i));
            if (i is >= 25 and < 40)
            {
                // Good enough, in this order; and one of another name.
                _store.Remember("bolts", $"1.0.{i}", _stages.FullPath, _ => Assert.Fail("told"));
                SetRootTimes("1.0.", i);
            }
        }

        _store.Remember("nuts", "1.0.0", _stages.FullPath, _ => Assert.Fail("told"));
        var roots = new StoreRoots(_local);
        Assert.Equal(StoreRoots.Most, roots.All().Count(root => root.Name == "bolts"));
        var result = new StorePruner(_local).Prune(new PruneOptions { MaxSize = 0, Keep = 3 }, Cancellation);

        string[][] left = [.. keys[37..40], keys[199]];
        Assert.Equal(left.SelectMany(key => key).Order(), new StoreInventory(_local).Entries().Select(entry => entry.Key).Order());
        Assert.Equal(588, result.Entries);
        Assert.Equal(28, Directory.EnumerateFiles(_folder["cas"], "*", SearchOption.AllDirectories).Count());
        Assert.Equal((result.Needed, result.Needed), (result.Left, Directory.EnumerateFiles(_folder["cas"], "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length)));
        Assert.All(new StoreInventory(_local).Verify(Cancellation), entry => Assert.Null(entry.Problem));
        foreach (var stage in StoredStage.OfModel)
        {
            _stages.Want(stage, "38");
            Assert.True(await _stages.RestoreAsync(_store, stage, _ => Assert.Fail("told"), Cancellation));
            Assert.True(_stages.IsDone(stage, "38", "38"));
        }

        // Even these can go.
        new StorePruner(_local).Prune(new PruneOptions { MaxSize = 0, Keep = 0 }, Cancellation);
        Assert.Empty(new StoreInventory(_local).Entries());
        Assert.Empty(new StoreInventory(_local).Blobs());
    }

    [Fact]
    public async Task What_was_used_longest_ago_goes_first_until_it_fits()
    {
        var first = await KeepAsync("1", Long);
        var second = await KeepAsync("2", Long.AddDays(1));
        var third = await KeepAsync("3", Long.AddDays(2));
        foreach (var stage in StoredStage.OfModel)
        {
            _stages.Want(stage, "1");
            Assert.True(await _stages.RestoreAsync(_store, stage, _ => Assert.Fail("told"), Cancellation));
        }

        var size = third.Sum(key => _local.Find(key)!.Size);
        new StorePruner(_local).Prune(new PruneOptions { MaxSize = 2 * size }, Cancellation);
        Assert.All(first.Concat(third), key => Assert.NotNull(_local.Find(key)));
        Assert.All(second, key => Assert.Null(_local.Find(key)));

        // By age.
        new StorePruner(_local).Prune(new PruneOptions { OlderThan = TimeSpan.FromDays(30) }, Cancellation);
        Assert.All(first, key => Assert.NotNull(_local.Find(key)));
        Assert.All(third, key => Assert.Null(_local.Find(key)));

        // And by itself, once, at the end of a build that kept something.
        var bounded = new StageStore(new StoreSettings { Folder = _folder.FullPath, MaxSize = 2 * size });
        SetLastUse(first, Long);
        var fourth = await KeepAsync("4", null, bounded);
        var fifth = await KeepAsync("5", null, bounded);
        Assert.All(first, key => Assert.NotNull(_local.Find(key)));
        bounded.Dispose();
        Assert.All(first, key => Assert.Null(_local.Find(key)));
        Assert.All(fourth.Concat(fifth), key => Assert.NotNull(_local.Find(key)));
    }

    [Fact]
    public async Task A_file_of_two_entries_goes_with_the_last()
    {
        var first = await KeepAsync("1", Long, content: "same");
        var second = await KeepAsync("2", Long.AddDays(1), content: "same");
        var blobs = new StoreInventory(_local).Blobs().Count();
        Assert.Equal(7, blobs);
        File.Delete(_local.EntryPath(first[1]));
        File.Delete(_local.EntryPath(first[2]));
        new StorePruner(_local).Prune(new PruneOptions { OlderThan = DateTime.UtcNow - Long.AddHours(1) }, Cancellation);
        Assert.Null(_local.Find(first[0]));
        Assert.All(second, key => Assert.NotNull(_local.Find(key)));
        Assert.Equal(blobs, new StoreInventory(_local).Blobs().Count());
    }

    [Fact]
    public async Task What_killed_builds_left_goes_once_it_is_old_and_what_is_being_kept_does_not()
    {
        await KeepAsync("1", null);
        string[] left = [_local.BlobPath(new string('a', 64)), $"{_local.BlobPath(new string('b', 64))}.{Guid.NewGuid():N}.tmp"];
        foreach (var path in left)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "half");
        }

        new StorePruner(_local).Prune(new PruneOptions(), Cancellation);
        Assert.All(left, path => Assert.True(File.Exists(path)));
        foreach (var path in left)
        {
            File.SetLastWriteTimeUtc(path, Long);
        }

        new StorePruner(_local).Prune(new PruneOptions(), Cancellation);
        Assert.All(left, path => Assert.False(File.Exists(path)));
        Assert.Equal(3, new StoreInventory(_local).Entries().Count);
    }

    [Theory]
    [InlineData("5GB", 5_000_000_000L)]
    [InlineData("1.5 mb", 1_500_000L)]
    [InlineData("0", 0L)]
    [InlineData("17 B", 17L)]
    [InlineData("", null)]
    [InlineData("GB", null)]
    [InlineData("-1GB", null)]
    [InlineData("1e3", null)]
    [InlineData("99999999999TB", null)]
    public void Sizes_are_read_as_people_write_them(string text, long? bytes) => Assert.Equal(bytes, StoreSize.Parse(text));

    public void Dispose()
    {
        _store.Dispose();
        _stages.Dispose();
        _folder.Dispose();
    }

    private async Task<string[]> KeepAsync(string input, DateTime? used, StageStore? store = null, string? content = null)
    {
        foreach (var stage in StoredStage.OfModel)
        {
            _stages.Run(stage, input, content ?? input);
            await (store ?? _store).KeepAsync(stage, _stages.FullPath, diagnostic => Assert.Fail(diagnostic.Message), Cancellation);
        }

        string[] keys = [.. StoredStage.OfModel.Select(_stages.KeyOf)];
        if (used is { } time)
        {
            SetLastUse(keys, time);
        }

        return keys;
    }

    /// <summary>A model as it lies in the folder, without the time that it takes to bring 200 of them safely to the disk.</summary>
    private string[] Fill(int number) => [.. StoredStage.OfModel.Select(stage =>
    {
        var files = stage.Outputs.Select(name => (name, Content: Encoding.UTF8.GetBytes($"{number} {name}"))).ToList();
        var action = new StoredAction([.. files.Select(file => new StoredFile(file.name, new BlobDigest(ContentHash.Of(file.Content).ToString(), file.Content.Length)))], null);
        var key = ContentHash.Of(Encoding.UTF8.GetBytes($"{number} {stage.Name}")).ToString();
        foreach (var (path, content) in files.Select(file => (_local.BlobPath(ContentHash.Of(file.Content).ToString()), file.Content)).Append((_local.EntryPath(key), ActionCodec.Write(action))))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
            File.SetLastWriteTimeUtc(path, Long.AddMinutes(number));
        }

        return key;
    })];

    private void SetLastUse(string[] keys, DateTime time)
    {
        foreach (var key in keys)
        {
            File.SetLastWriteTimeUtc(_local.EntryPath(key), time);
            foreach (var file in _local.Find(key)!.Files)
            {
                File.SetLastWriteTimeUtc(_local.BlobPath(file.Digest.Hash), time);
            }
        }
    }

    // Clocks of file systems are coarse; the order of models that are minutes apart is what is tested.
    private void SetRootTimes(string prefix, int last)
    {
        foreach (var root in Directory.EnumerateFiles(_folder["roots"], "*.json", SearchOption.AllDirectories))
        {
            var version = File.ReadAllText(root).Split('"').First(word => word.StartsWith(prefix, StringComparison.Ordinal));
            File.SetLastWriteTimeUtc(root, Long.AddMinutes(int.Parse(version[prefix.Length..], System.Globalization.CultureInfo.InvariantCulture)));
            Assert.True(File.GetLastWriteTimeUtc(root) <= Long.AddMinutes(last));
        }
    }
}
