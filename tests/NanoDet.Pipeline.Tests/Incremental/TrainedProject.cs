using System.Collections.Immutable;
using NanoDet.Data.Datasets;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Incremental;
using NanoDet.Pipeline.Planning;
using NanoDet.Pipeline.Stages;
using NanoDet.Pipeline.Tests.Stages;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Incremental;

/// <summary>Twenty labelled pictures, the last four of which judge, planned as the build plans; only the training is a file of text.</summary>
internal sealed class TrainedProject : IDisposable
{
    private const int Pictures = 20;
    private const int Learnt = 16;

    public TrainedProject()
    {
        TinyVoc.Write(Folder, Pictures);
        Folder.Write(ProjectFile, "");
        for (var i = 0; i < Pictures; i++)
        {
            Parts[$"images/img{i}.png"] = i < Learnt ? DatasetPart.Train : DatasetPart.Validation;
        }

        Plan();
        Train();
    }

    public TestFolder Folder { get; } = new();

    /// <summary>The part of each picture by its path.</summary>
    public Dictionary<string, DatasetPart> Parts { get; } = new(StringComparer.Ordinal);

    /// <summary>What the project says about changed data.</summary>
    public IncrementalSettings Settings { get; set; } = new();

    /// <summary>The classes in label order; empty for those of the labels.</summary>
    public string[] Classes { get; set; } = [];

    /// <summary>Properties that stand over the configuration.</summary>
    public Dictionary<string, string> Overrides { get; } = new() { ["NanoDetEpochs"] = "20" };

    /// <summary>The name of the project file.</summary>
    public string ProjectFile { get; set; } = "Parts.proj";

    /// <summary>A configuration file; null for the preset.</summary>
    public string? ConfigurationFile { get; set; }

    /// <summary>Plans as the build does.</summary>
    public PlanResult Plan() => new Planner(new PlanInputs(Folder.FullPath, Folder["obj"])
    {
        ProjectFile = Folder[ProjectFile],
        Images = [.. Parts.Select(part => new PlanImage(part.Key) { Part = part.Value })],
        Annotations = [.. Directory.EnumerateFiles(Folder["annotations"]).Select(path => $"annotations/{Path.GetFileName(path)}")],
        Classes = [.. Classes],
        ConfigurationFile = ConfigurationFile,
        Overrides = Overrides.ToImmutableSortedDictionary(StringComparer.Ordinal),
        Model = new ModelInputs { Threads = 2, Device = "cpu", Precision = "single", Version = "1.0.0", Incremental = Settings },
    }).Run(TestContext.Current.CancellationToken);

    /// <summary>Does what the plan says about the training, and accepts the model.</summary>
    public void Train()
    {
        new StageRunner(Folder["obj"], TimeSpan.FromSeconds(5)).Run("train", WantedKey.Of(Folder["obj"], "train"), () =>
        {
            var decision = LineageFile.ReadDecision(Folder[$"obj/{OutputFiles.Decision}"]);
            Directory.CreateDirectory(Folder["obj/train"]);
            AtomicFile.Write(Folder[$"obj/{OutputFiles.Lineage}"], ManifestJson.Write(decision.Lineage));
            if (decision.TakesWeights)
            {
                File.Copy(Folder[$"obj/{LastModelFile.Weights}"], Folder[$"obj/{OutputFiles.Weights}"], overwrite: true);
            }
            else
            {
                Folder.Write($"obj/{OutputFiles.Weights}", $"weights {Guid.NewGuid()}");
            }

            return [OutputFiles.Weights, OutputFiles.Lineage];
        }, TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Folder["obj/model"]);
        File.Copy(Folder[$"obj/{OutputFiles.Weights}"], Folder[$"obj/{LastModelFile.Weights}"], overwrite: true);
        LastModelFile.Write(Folder["obj"], Folder[ProjectFile], LineageFile.Read(Folder[$"obj/{OutputFiles.Lineage}"]));
    }

    /// <summary>Adds a picture of a class to the training part.</summary>
    public void Add(int number, string className)
    {
        TinyVoc.WritePair(Folder, number, className, $"new{number}");
        Parts[$"images/new{number}.png"] = DatasetPart.Train;
    }

    /// <summary>Moves the box of a picture.</summary>
    public void Correct(int number, int left = 9) => Folder.Write($"annotations/img{number}.xml", TinyVoc.Xml($"img{number}.png", number % 2 == 0 ? "bolt" : "nut", left));

    /// <summary>Deletes a picture and its labels.</summary>
    public void Remove(int number)
    {
        File.Delete(Folder[$"images/img{number}.png"]);
        File.Delete(Folder[$"annotations/img{number}.xml"]);
        Parts.Remove($"images/img{number}.png");
    }

    public void Dispose() => Folder.Dispose();
}
