using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Stages;
using NanoDet.Pipeline.Store;
using NanoDet.Pipeline.Store.Local;
using NanoDet.Pipeline.Store.Protocol;
using NanoDet.Pipeline.Store.Stages;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Store;

/// <summary>Results go into a folder and come back, and nothing else ever does.</summary>
public sealed class StageStoreTests : IDisposable
{
    private static readonly StoredStage Train = StoredStage.Train;
    private static readonly StoredStage Export = StoredStage.Export;
    private readonly TestFolder _folder = new("store");
    private readonly List<Diagnostic> _told = [];
    private readonly LocalStore _local;

    public StageStoreTests() => _local = new LocalStore(_folder.FullPath);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_stage_left_comes_back_in_another_folder()
    {
        using var first = new StageFolder();
        first.Run(Train, "a", "weights");
        first.Run(Export, "a", "model");
        await Keep(first, Train, Export);

        using var second = new StageFolder();
        second.Want(Train, "a");
        second.Want(Export, "a");
        Assert.False(await Restore(second, Export)); // What it reads is not there yet.
        Assert.True(await Restore(second, Train));
        Assert.True(await Restore(second, Export));
        Assert.True(second.IsDone(Train, "a", "weights"));
        Assert.True(second.IsDone(Export, "a", "model"));
        Assert.Empty(second.Leftovers);

        second.Want(Train, "b");
        Assert.False(await Restore(second, Train));
        Assert.True(second.IsDone(Train, "a", "weights"));
        Assert.Empty(_told);
    }

    [Fact]
    public async Task What_another_run_left_in_the_folder_goes_and_what_is_the_users_stays()
    {
        using var first = new StageFolder();
        first.Run(Train, "a", "weights");
        await Keep(first, Train);

        using var second = new StageFolder();
        var train = Directory.CreateDirectory(Path.Combine(second.FullPath, "train")).FullName;
        File.WriteAllText(Path.Combine(train, "checkpoint.safetensors"), "half of another training");
        File.WriteAllText(Path.Combine(train, ".lock"), "");
        Directory.CreateDirectory(Path.Combine(train, "tensorboard"));
        File.WriteAllText(Path.Combine(train, "tensorboard", "events.out.tfevents.1"), "another training's");
        File.WriteAllText(Path.Combine(train, "notes.txt"), "the user's");
        File.WriteAllText(Path.Combine(second.FullPath, "dataset.json"), "{}");
        second.Want(Train, "a");

        Assert.True(await Restore(second, Train));

        Assert.True(second.IsDone(Train, "a", "weights"));
        Assert.Equal(
            Train.Outputs.Select(Path.GetFileName).Concat([".lock", "notes.txt"]).Order(StringComparer.Ordinal),
            Directory.GetFileSystemEntries(train).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(Path.Combine(second.FullPath, "dataset.json")));
    }

    [Theory]
    [InlineData("ac")]
    [InlineData("cas")]
    public async Task A_pipe_in_the_store_is_never_waited_for(string kind)
    {
        using var first = new StageFolder();
        first.Run(Train, "a", "weights");
        await Keep(first, Train);
        foreach (var file in Directory.GetFiles(_folder[kind], "*", SearchOption.AllDirectories))
        {
            StrangeFile.Make("pipe", file);
        }

        using var second = new StageFolder();
        second.Want(Train, "a");

        Assert.False(await Task.Run(() => Restore(second, Train), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));
        Assert.NotEmpty(_told);
    }

    [Fact]
    public async Task Results_of_two_machines_are_not_mixed()
    {
        using var first = new StageFolder();
        using var second = new StageFolder();
        first.Run(Train, "a", "weights");
        second.Run(Train, "a", "weights in other last bits");
        first.Run(Export, "a", "model");
        second.Run(Export, "a", "model in other last bits");
        await Keep(first, Train);
        await Keep(second, Train, Export);

        // The first training stays, and what was exported from the other one is not taken for its model.
        using var third = new StageFolder();
        third.Want(Train, "a");
        third.Want(Export, "a");
        Assert.True(await Restore(third, Train));
        Assert.True(third.IsDone(Train, "a", "weights"));
        Assert.False(await Restore(third, Export));
        await Keep(first, Export);
        Assert.True(await Restore(third, Export));
        Assert.True(third.IsDone(Export, "a", "model"));
    }

    [Theory]
    [InlineData("other bytes")]
    [InlineData("shorter")]
    [InlineData("missing")]
    [InlineData("entry")]
    [InlineData("empty entry")]
    [InlineData("large entry")]
    public async Task A_damaged_result_is_dropped_told_once_and_made_again(string damage)
    {
        using var folder = new StageFolder();
        folder.Run(Train, "a", "weights");
        await Keep(folder, Train);
        var key = folder.KeyOf(Train);
        var blob = _local.BlobPath(_local.Find(key)!.Files[1].Digest.Hash);
        switch (damage)
        {
            case "other bytes":
                File.WriteAllText(blob, File.ReadAllText(blob).ToUpperInvariant());
                break;
            case "shorter":
                File.WriteAllText(blob, "");
                break;
            case "missing":
                File.Delete(blob);
                break;
            case "entry":
                File.WriteAllText(_local.EntryPath(key), "no protocol buffer");
                break;
            case "empty entry":
                File.WriteAllText(_local.EntryPath(key), "");
                break;
            default:
                File.WriteAllBytes(_local.EntryPath(key), new byte[ActionCodec.MostBytes + 1]);
                break;
        }

        folder.Want(Train, "b");
        folder.Run(Train, "b", "others");
        folder.Want(Train, "a");
        Assert.False(await Restore(folder, Train, readOnly: true));
        Assert.True(File.Exists(_local.EntryPath(key)));
        _told.Clear();
        Assert.False(await Restore(folder, Train));
        Assert.False(await Restore(folder, Train));
        Assert.Equal(damage == "missing" ? [] : ["NDB4302"], _told.Select(diagnostic => diagnostic.Code));
        Assert.False(File.Exists(_local.EntryPath(key)));
        Assert.True(folder.IsDone(Train, "b", "others"));
        Assert.Empty(folder.Leftovers);

        folder.Run(Train, "a", "weights");
        await Keep(folder, Train);
        folder.Run(Train, "b", "others");
        folder.Want(Train, "a");
        Assert.True(await Restore(folder, Train));
        Assert.True(folder.IsDone(Train, "a", "weights"));
    }

    [Theory]
    [InlineData("../model.safetensors")]
    [InlineData("train/../../model.safetensors")]
    [InlineData("/etc/passwd")]
    [InlineData("C:/model.safetensors")]
    [InlineData("train\\..\\..\\x")]
    [InlineData("train//x")]
    [InlineData("train/x:stream")]
    [InlineData("train/x. ")]
    [InlineData("")]
    public void An_entry_leads_nowhere_else(string name)
        => Assert.Throws<DamagedEntryException>(() => ActionCodec.Read(Entry(name, new string('a', 64), 3)));

    [Theory]
    [InlineData("../../../../etc/passwd", 3)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 3)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", -1)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", long.MaxValue)]
    public void A_digest_is_one(string hash, long size)
        => Assert.Throws<DamagedEntryException>(() => ActionCodec.Read(Entry("train/x", hash, size)));

    [Fact]
    public async Task An_entry_with_other_files_than_the_stage_writes_is_not_used()
    {
        using var folder = new StageFolder();
        folder.Run(Export, "a", "model");
        folder.Run(Train, "a", "weights");
        var key = folder.KeyOf(Train);
        var path = Path.Combine(folder.FullPath, "export", "model.onnx");
        var file = new StoredFile("export/model.onnx", new BlobDigest(Data.Fingerprints.ContentHash.OfFile(path).ToString(), new FileInfo(path).Length));
        await ((IResultStore)_local).PutAsync(key, new StoredAction([file], null), folder.FullPath, Cancellation);
        Assert.False(await Restore(folder, Train));
        Assert.Equal(["NDB4302"], _told.Select(diagnostic => diagnostic.Code));
    }

    [Fact]
    public async Task Builds_at_the_same_time_keep_and_restore_whole_results()
    {
        var folders = Enumerable.Range(0, 8).Select(_ => new StageFolder()).ToList();
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), Cancellation, async (i, _) =>
        {
            var folder = folders[i % 8];
            await Task.Run(() =>
            {
                lock (folder)
                {
                    var input = $"{i / 8 % 5}";
                    folder.Want(Train, input);
                    if (!Restore(folder, Train).GetAwaiter().GetResult())
                    {
                        folder.Run(Train, input, input);
                        Keep(folder, Train).GetAwaiter().GetResult();
                    }

                    Assert.True(folder.IsDone(Train, input, input));
                }
            }, Cancellation);
        });
        Assert.Empty(_told);
        Assert.Equal(5, Directory.EnumerateFiles(_folder["ac"], "*", SearchOption.AllDirectories).Count());
        Assert.Equal(15, Directory.EnumerateFiles(_folder["cas"], "*", SearchOption.AllDirectories).Count());
        folders.ForEach(folder => folder.Dispose());
    }

    [Fact]
    public async Task A_store_that_cannot_be_used_is_told_once()
    {
        using var folder = new StageFolder();
        folder.Run(Train, "a", "weights");
        folder.Run(Export, "a", "model");
        var file = _folder.Write("file", "");
        var store = new StageStore(new StoreSettings { Folder = file });
        await store.KeepAsync(Train, folder.FullPath, _told.Add, Cancellation);
        await store.KeepAsync(Export, folder.FullPath, _told.Add, Cancellation);
        Assert.Equal(["NDB4303"], _told.Select(diagnostic => diagnostic.Code));
    }

    [Fact]
    public async Task A_read_only_store_is_not_written()
    {
        using var folder = new StageFolder();
        folder.Run(Train, "a", "weights");
        await Keep(folder, Train);
        var entry = _local.EntryPath(folder.KeyOf(Train));
        var used = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(entry, used);
        folder.Run(Train, "b", "others");
        await new StageStore(new StoreSettings { Folder = _folder.FullPath, ReadOnly = true }).KeepAsync(Train, folder.FullPath, _told.Add, Cancellation);
        Assert.Single(Directory.EnumerateFiles(_folder["ac"], "*", SearchOption.AllDirectories));
        folder.Want(Train, "a");
        Assert.True(await Restore(folder, Train, readOnly: true));
        Assert.Equal(used, File.GetLastWriteTimeUtc(entry));
        folder.Run(Train, "b", "others");
        folder.Want(Train, "a");
        Assert.True(await Restore(folder, Train));
        Assert.NotEqual(used, File.GetLastWriteTimeUtc(entry));
    }

    [Fact]
    public async Task Outputs_that_changed_since_they_were_recorded_are_not_kept()
    {
        using var folder = new StageFolder();
        folder.Run(Train, "a", "weights");
        File.WriteAllText(Path.Combine(folder.FullPath, "train", "model.safetensors"), "others");
        await Keep(folder, Train);
        Assert.Null(_local.TryFind(folder.KeyOf(Train)));
        Assert.Empty(Directory.EnumerateFiles(_folder.FullPath, "*.tmp", SearchOption.AllDirectories));
        Assert.Empty(_told);
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Entry(string name, string hash, long size)
        => ActionCodec.Write(new StoredAction([new StoredFile(name, new BlobDigest(hash, size))], null));

    private Task<bool> Restore(StageFolder folder, StoredStage stage, bool readOnly = false)
        => folder.RestoreAsync(new StageStore(new StoreSettings { Folder = _folder.FullPath, ReadOnly = readOnly }), stage, Tell, Cancellation);

    private async Task Keep(StageFolder folder, params StoredStage[] stages)
    {
        foreach (var stage in stages)
        {
            await new StageStore(new StoreSettings { Folder = _folder.FullPath }).KeepAsync(stage, folder.FullPath, Tell, Cancellation);
        }
    }

    private void Tell(Diagnostic diagnostic)
    {
        lock (_told)
        {
            _told.Add(diagnostic);
        }
    }
}
