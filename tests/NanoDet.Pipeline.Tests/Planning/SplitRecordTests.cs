using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Splitting;
using NanoDet.Pipeline.Locking;
using NanoDet.Pipeline.Planning;
using NanoDet.Pipeline.Stages;
using NanoDet.Pipeline.Tests.Stages;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Planning;

/// <summary>Forty images: five washers, one of them for validation, and bolts. The washer for validation goes and comes.</summary>
public sealed class SplitRecordTests : IDisposable
{
    private const int Images = 40;
    private const int Washers = 5;

    private readonly TestFolder _folder = new();
    private readonly HashSet<string> _away = new(StringComparer.Ordinal);
    private readonly string _only;
    private readonly string _late;
    private readonly Dictionary<string, DatasetPart> _before;

    public SplitRecordTests()
    {
        for (var i = 0; i < Images; i++)
        {
            TinyVoc.WritePair(_folder, i, "bolt", $"img{i}");
        }

        var natural = Parts();
        string[] judging = [.. natural.Where(part => part.Value == DatasetPart.Validation).Select(part => part.Key)];
        (_only, _late) = (judging[0], judging[1]);
        foreach (var name in natural.Where(part => part.Value == DatasetPart.Train).Take(Washers - 1).Select(part => part.Key).Append(_only))
        {
            Label(name, "washer");
        }

        _before = Parts();
        Assert.Equal(natural, _before);
        Assert.Null(Accept());
    }

    private string RecordFile => _folder["nanodet.split.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_plan_writes_no_record_and_leaves_nothing_that_a_later_build_obeys()
    {
        _away.Add(_only);
        Assert.NotEqual(_before, Parts());
        Assert.False(File.Exists(RecordFile));

        _away.Clear();
        Assert.Equal(_before, Parts());
        Assert.Null(Accept());
        Assert.False(File.Exists(RecordFile));
    }

    [Fact]
    public void A_state_that_comes_back_after_a_build_without_the_image_has_its_parts_back_and_the_file_with_them()
    {
        _away.Add(_only);
        var without = Parts();
        Assert.StartsWith("wrote nanodet.split.json: it keeps 4 images", Accept(), StringComparison.Ordinal);
        var record = File.ReadAllBytes(RecordFile);
        Assert.Equal(without, Parts());
        Assert.Null(Accept());

        _away.Clear();
        Assert.Equal(_before, Parts());
        Assert.True(File.Exists(RecordFile));
        Assert.StartsWith("removed nanodet.split.json", Accept(), StringComparison.Ordinal);
        Assert.False(File.Exists(RecordFile));
        Assert.Equal(_before, Parts());

        _away.Add(_only);
        Assert.Equal(without, Parts());
        Assert.StartsWith("wrote", Accept(), StringComparison.Ordinal);
        Assert.Equal(record, File.ReadAllBytes(RecordFile));
    }

    [Fact]
    public void A_label_that_is_corrected_and_corrected_back_is_such_a_state_too()
    {
        Label(_only, "bolt");
        Assert.NotEqual(_before, Parts());
        Assert.NotNull(Accept());

        Label(_only, "washer");
        Assert.Equal(_before, Parts());
    }

    [Fact]
    public void An_image_that_is_new_moves_none_with_the_file_that_was_committed_and_nothing_else()
    {
        var standIn = StandInWithout(_only);
        Label(_late, "washer");

        Directory.Delete(_folder["obj"], recursive: true);
        var parts = Parts();

        Assert.Equal((DatasetPart.Validation, DatasetPart.Validation), (parts[standIn], parts[_late]));
    }

    [Fact]
    public void A_file_that_somebody_else_has_changed_counts_and_what_was_remembered_does_not()
    {
        var standIn = StandInWithout(_only);
        var merged = SplitRecord.Read(RecordFile)!;
        File.WriteAllBytes(RecordFile, (merged with { Parts = merged.Parts.Add($"image:{new string('a', 64)}", DatasetPart.Train) }).ToJson());

        _away.Clear();
        Assert.Equal(DatasetPart.Validation, Parts()[standIn]);
        Accept();

        // The states of before are those of another file.
        _away.Add(_only);
        Parts();
        Accept();
        _away.Clear();
        Assert.Equal(DatasetPart.Validation, Parts()[standIn]);
    }

    [Fact]
    public void A_deleted_file_gives_a_new_split()
    {
        var standIn = StandInWithout(_only);
        Label(_late, "washer");
        Assert.Equal(DatasetPart.Validation, Parts()[standIn]);

        File.Delete(RecordFile);
        Assert.Equal(DatasetPart.Train, Parts()[standIn]);
    }

    [Fact]
    public void Other_shares_leave_the_record_alone_and_the_build_says_so()
    {
        StandInWithout(_only);
        var (parts, record) = (Parts(), File.ReadAllBytes(RecordFile));

        Parts(new(0.05));
        Assert.Equal(record, File.ReadAllBytes(RecordFile));
        Assert.StartsWith("nanodet.split.json is left as it is, because it was made with another NanoDetValidationSplit", Accept(), StringComparison.Ordinal);

        Assert.Equal(record, File.ReadAllBytes(RecordFile));
        Assert.Equal(parts, Parts());
        Assert.Null(Accept());
    }

    [Fact]
    public void The_plan_of_another_build_is_not_accepted()
    {
        var key = WantedKey.Of(_folder["obj"], "split");
        _away.Add(_only);
        Parts();

        Assert.Null(new AcceptedSplits(_folder["obj"], RecordFile).Accept(key));
        Assert.False(File.Exists(RecordFile));
    }

    [Fact]
    public void A_damaged_memory_only_costs_the_earlier_split()
    {
        StandInWithout(_only);
        foreach (var file in Directory.EnumerateFiles(_folder["obj/splits"]).Where(file => Path.GetFileName(file).Length > 64))
        {
            File.WriteAllText(file, "{");
        }

        _away.Clear();
        Assert.Equal(Images, Parts().Count);
    }

    [Fact]
    public void A_clone_with_the_lock_file_alone_is_told_of_the_record()
    {
        StandInWithout(_only);
        Label(_late, "washer");
        Plan(new(), isModel: true);
        Accept();
        var train = StageRecord.ReadInputs(StageRecord.WantedPath(_folder["obj"], "train"))!;
        File.WriteAllBytes(_folder["nanodet.lock.json"], LockFile.ToJson(ModelLock.Of(new DatasetMeaning(DatasetFile.Read(_folder["obj/dataset.json"])), train)));

        Directory.Delete(_folder["obj"], recursive: true);
        Assert.DoesNotContain(Plan(new(), isModel: true, "nanodet.lock.json").Diagnostics, diagnostic => diagnostic.Code == "NDB3060");
        File.Delete(RecordFile);
        Directory.Delete(_folder["obj"], recursive: true);

        var told = Assert.Single(Plan(new(), isModel: true, "nanodet.lock.json").Diagnostics, diagnostic => diagnostic.Code == "NDB3060");
        Assert.Contains("part of images/", told.Message, StringComparison.Ordinal);
        Assert.EndsWith("nanodet.split.json, the split record: commit it together with the lock file", told.Message, StringComparison.Ordinal);
    }

    /// <summary>Builds without an image, and returns the washer that is for validation instead.</summary>
    private string StandInWithout(string name)
    {
        _away.Add(name);
        var parts = Parts();
        Assert.NotNull(Accept());
        return parts.Single(part => part.Value != _before[part.Key]).Key;
    }

    private void Label(string name, string className) => _folder.Write($"annotations/{name}.xml", TinyVoc.Xml($"{name}.png", className));

    private Dictionary<string, DatasetPart> Parts(SplitOptions? options = null)
    {
        Assert.DoesNotContain(Plan(options ?? new()).Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || diagnostic.Code == "NDB2005");
        return DatasetFile.Read(_folder["obj/dataset.json"]).Images.ToDictionary(image => Path.GetFileNameWithoutExtension(image.Path), image => image.Part, StringComparer.Ordinal);
    }

    private PlanResult Plan(SplitOptions options, bool isModel = false, string? lockFile = null)
    {
        string[] names = [.. Enumerable.Range(0, Images).Select(i => $"img{i}").Where(name => !_away.Contains(name))];
        return new Planner(new PlanInputs(_folder.FullPath, _folder["obj"])
        {
            Images = [.. names.Select(name => new PlanImage($"images/{name}.png"))],
            Annotations = [.. names.Select(name => $"annotations/{name}.xml")],
            Split = options,
            LockFile = lockFile,
            Model = isModel ? new ModelInputs { Threads = 2, Device = "cpu", Precision = "single", Version = "1.0.0", Incremental = new() } : null,
        }).Run(TestContext.Current.CancellationToken);
    }

    private string? Accept() => new AcceptedSplits(_folder["obj"], RecordFile).Accept(WantedKey.Of(_folder["obj"], "split"));
}
