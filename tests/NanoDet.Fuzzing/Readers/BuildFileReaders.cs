using System.Collections.Immutable;
using System.Text.Json.Nodes;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Configuration.Presets;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Linting;
using NanoDet.Data.Splitting;
using NanoDet.Pipeline.Caching;
using NanoDet.Pipeline.Incremental;
using NanoDet.Pipeline.Locking;
using NanoDet.Pipeline.Manifest;
using NanoDet.Pipeline.Planning;
using NanoDet.Pipeline.Stages;
using NanoDet.Testing;
using NanoDet.Vision.Augmentation.Offline;

namespace NanoDet.Fuzzing.Readers;

/// <summary>Files that builds write and read again, some of which are committed and merged.</summary>
internal static class BuildFileReaders
{
    private static readonly string[] Tokens = ["{", "}", "[", "]", ",", ":", "\"\\ud800\":1,", "\"version\":2,", "\"$type\":", "null", "\n<<<<<<< HEAD\n"];
    private static readonly SplitOptions Split = new(0.2, 0.1, 7);
    private static readonly string Hash = new('a', 64);
    private static readonly Dataset Data = new(["cat", "dog"], [new("images/a.jpg", Hash, 64, 48, DatasetPart.Train, [new(1, new(1, 2, 3, 4)) { Crowd = true, Area = 2 }]) { Orientation = 6, Weight = 2 }, new("images/b.jpg", Hash, 64, 48, DatasetPart.Test, [])]);
    private static readonly Fingerprint Inputs = new([new("data", "10 images"), new("tab\t", "line\n")]);
    private static readonly TrainingLineage Lineage = new() { Way = TrainingWay.FineTune, Reason = "labels changed", Parent = Hash, Added = [new("a.jpg", Hash)], KnownClasses = ["cat"], Map = 0.5 };
    private static readonly NanoDetConfiguration Configuration = Preset.Create("nanodet-plus-m_320", ["cat", "dog"])!;

    /// <summary>The readers.</summary>
    public static FuzzedReader[] All { get; } =
    [
        Json("dataset", DatasetFile.ToJson(Data).ToArray(), path => DatasetFile.Read(path)),
        Json("split-record", new SplitRecord(Split, ImmutableSortedDictionary<string, DatasetPart>.Empty.Add("image:" + Hash, DatasetPart.Train)).ToJson(), path => SplitRecord.Read(path, Split)),
        Json("lint-baseline", LintBaseline.Empty.With([AcceptedFinding.Of("NDB1601", "images/a.png", Hash, "bolt", new(1, 2, 30, 40))]).ToJson(), path => LintBaseline.Read(path).Contains(AcceptedFinding.Of("NDB1601", "images/a.png", Hash, "bolt", new(1, 2, 30, 40)))),
        Json("plan", PlanFile.ToJson(Plan()), path => PlanFile.Read(path)),
        Json("request", RequestFile.ToJson(Inputs.Hash, ConfigurationJson.Write(Configuration), new(null, null)), path => RequestFile.Read(path)),
        Json("lineage", ManifestJson.Write(Lineage), path => LineageFile.Read(path)),
        Json("decision", ManifestJson.Write(TrainingDecision.Train(Lineage)), path => LineageFile.ReadDecision(path)),
        Json("manifest", ManifestJson.Write(Manifest()), path => ManifestJson.Read<ModelManifest>(path, QualityDiagnostics.BadBaseline)),
        Json("lock", LockFile.ToJson(ModelLock.Of(new DatasetMeaning(Data), Inputs) with { Model = new LockedModel(Hash, Hash, "auto", null, 0) }), path => LockFile.Read(path)),
        new("stage-record", [Record()], InputFile.Of("train.done", path => (StageRecord.Read(path), StageRecord.ReadInputs(path)).ToString())) { Tokens = ["key ", "output ", "input ", "\t", "\\t", "\\", "\n"] },
        new("checkpoint-head", [CheckpointHead()], InputFile.Of("checkpoint.safetensors", path => InterruptedTraining.Read(Path.GetDirectoryName(path)!))) { Tokens = Tokens },
        new("caches", [Cache()], InputFile.Of("stat.cache", path =>
        {
            var folder = Path.GetDirectoryName(path)!;
            StatCache.Open(folder, path).Hash("stat.cache");
            var content = ContentHash.OfFile(path);
            Assert.ThrowsAny<NanoDetException>(() => new LabelSource(folder, path).Read("stat.cache", content));
            Assert.ThrowsAny<NanoDetException>(() => new HeaderSource(folder, path).Read("stat.cache", content));
            File.Copy(path, Path.Combine(folder, AugmentationRecord.FileName), overwrite: true);
            Assert.Empty(AugmentationRecord.Open(folder).Sources);
        })),
        new("worker-lines", [LabelReaders.Text("a.xml(3,5): error NDB1001: The label file cannot be read"), LabelReaders.Text("NanoDet: warning NDB4022: words")], content =>
        {
            foreach (var line in System.Text.Encoding.UTF8.GetString(content).Split('\n'))
            {
                Assert.DoesNotContain(PrintedText.Escape(line), char.IsControl);
                DiagnosticLine.TryParse(line)?.ToString();
            }
        }) { Tokens = ["(1,1)", ": error NDB1001: ", ": warning NDB9999: ", "("] },
    ];

    private static FuzzedReader Json(string name, byte[] sample, Action<string> read) => new(name, [sample], InputFile.Of($"{name}.json", read)) { Tokens = Tokens };

    private static PlanResult Plan() => new(
        Hash, [new StageDecision("train", Hash, StageAction.Run, ["the data changed"])], [LabelDiagnostics.UnknownFormat(new("a.txt", 1, 2))],
        new PlanCounts(1, 2, 3, 4, 5), ImmutableSortedDictionary<string, string>.Empty.Add("dataset.json", Hash));

    private static ModelManifest Manifest() => new()
    {
        Name = "Model",
        Version = "1.0.0+sha.0123456789ab",
        Files = [new ManifestFile("Model.onnx", Hash, 100)],
        Model = Configuration.MetadataFor(["cat", "dog"]),
        Evaluation = new EvaluationResult(),
        Data = new ManifestData(Hash, 8, 2, 0, 20),
        Training = new ManifestTraining(Hash, 2, "cpu"),
        Lineage = ManifestLineage.Of(Lineage, null),
        Reproducibility = ManifestReproducibility.On("cpu", null),
        Tool = "1.0.0",
        Configuration = JsonNode.Parse("""{"schedule": {"loadModel": null}}""")!,
    };

    private static byte[] Record()
    {
        using var folder = new TestFolder();
        StageRecord.Write(folder["a.done"], Inputs, [KeyValuePair.Create("train/model.safetensors", Hash)]);
        return File.ReadAllBytes(folder["a.done"]);
    }

    private static byte[] CheckpointHead()
    {
        var head = System.Text.Encoding.UTF8.GetBytes($$$"""{"__metadata__":{"training":"{\\"Stage\\":\\"{{{Hash}}}\\",\\"Position\\":{\\"Epoch\\":4,\\"StepInEpoch\\":2},\\"Ending\\":null}"}}""");
        return [.. BitConverter.GetBytes((ulong)head.Length), .. head];
    }

    private static byte[] Cache()
    {
        using var folder = new TestFolder();
        folder.Write("a.txt", "content");
        var cache = StatCache.Open(folder.FullPath, folder["stat.cache"]);
        cache.Hash("a.txt");
        cache.Save();
        return File.ReadAllBytes(folder["stat.cache"]);
    }
}
