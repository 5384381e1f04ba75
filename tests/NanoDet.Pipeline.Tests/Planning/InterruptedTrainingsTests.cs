using System.Globalization;
using System.Text;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Incremental;
using NanoDet.Pipeline.Planning;
using NanoDet.Pipeline.Stages;
using NanoDet.Pipeline.Tests.Incremental;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Planning;

/// <summary>A training that was interrupted is never thrown away because another one begins.</summary>
public sealed class InterruptedTrainingsTests : IDisposable
{
    private static readonly string[] Others = ["decision.json", "last.safetensors", "metrics.csv", "parent.safetensors", "progress.jsonl", "tensorboard/events.out.tfevents.1.nanodet"];
    private static readonly string[] Checkpoints = ["checkpoint.previous.safetensors", "checkpoint.safetensors"];

    private readonly TestFolder _folder = new();
    private readonly List<string> _told = [];

    private InterruptedTrainings Trainings => new(_folder.FullPath);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_makes_way_for_another_one_and_comes_back()
    {
        Interrupt(Key(1), "first");
        _folder.Write("train/notes.txt", "of somebody");

        Begin(Key(2));

        Assert.Equal("the training for other data or settings, which was interrupted after step 2 of epoch 5, is kept, and resumes when they come back", Assert.Single(_told));
        Assert.Equal(["notes.txt"], FilesIn("train"));
        Assert.Equal(Files("first"), ContentsOf($"interrupted/{Key(1)}"));
        Assert.Equal("after step 2 of epoch 5", Trainings.Find(Key(1)));
        Assert.Null(Trainings.Find(Key(2)));

        Interrupt(Key(2), "second");
        Begin(Key(1));

        Assert.Equal(Files("first"), ContentsOf("train"));
        Assert.Equal(Files("second"), ContentsOf($"interrupted/{Key(2)}"));
        Begin(Key(2));
        Begin(Key(2));
        Assert.Equal(Files("second"), ContentsOf("train"));
        Assert.Equal([_folder[$"interrupted/{Key(1)}"]], InterruptedTrainings.Folders(_folder.FullPath));
    }

    [Fact]
    public void Wherever_its_way_out_or_back_is_cut_off_the_next_one_ends_it()
    {
        var all = Others.Concat(Checkpoints).ToArray();
        for (var moved = 0; moved <= all.Length; moved++)
        {
            foreach (var next in new[] { Key(1), Key(2) })
            {
                using var folder = new TestFolder();
                Interrupt(Key(1), "first", folder);
                foreach (var name in all.Take(moved))
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(folder[$"interrupted/{Key(1)}/{name}"])!);
                    File.Move(folder[$"train/{name}"], folder[$"interrupted/{Key(1)}/{name}"]);
                }

                var trainings = new InterruptedTrainings(folder.FullPath);
                Assert.Equal("after step 2 of epoch 5", trainings.Find(Key(1)));
                trainings.Begin(next, TimeSpan.Zero, _ => { }, TestContext.Current.CancellationToken);

                Assert.Equal(Files("first"), ContentsOf(next == Key(1) ? "train" : $"interrupted/{Key(1)}", folder));
                Assert.Empty(ContentsOf(next == Key(1) ? $"interrupted/{Key(1)}" : "train", folder));
            }
        }
    }

    [Fact]
    public void One_that_has_ended_makes_way_only_if_it_was_not_exported()
    {
        Interrupt(Key(1), "first", ending: "\"Complete\"");
        Assert.Null(Trainings.Find(Key(1)));

        Begin(Key(2));
        Assert.Equal("after its last epoch", Trainings.Find(Key(1)));

        Begin(Key(1));
        _folder.Write("stages/export.done", "");
        Begin(Key(2));
        Assert.Empty(InterruptedTrainings.Folders(_folder.FullPath));

        // Its files stay for the next one to replace them, but nothing of them is mixed with those of a training that comes back.
        Assert.Equal(Files("first"), ContentsOf("train"));
        File.Delete(_folder["stages/export.done"]);
        Interrupt(Key(2), "second");
        Begin(Key(3));
        _folder.Write("train/result.json", "of the third");
        Begin(Key(2));
        Assert.Equal(Files("second"), ContentsOf("train"));
    }

    [Fact]
    public void The_last_four_are_kept_and_clean_deletes_them_all()
    {
        for (var i = 0; i < 6; i++)
        {
            Interrupt(Key(i), $"{i}");
            Begin(Key(i + 1));
            Directory.SetLastWriteTimeUtc(_folder[$"interrupted/{Key(i)}"], DateTime.UtcNow.AddHours(i - 10));
        }

        Assert.Equal([Key(2), Key(3), Key(4), Key(5)], InterruptedTrainings.Folders(_folder.FullPath).Select(Path.GetFileName).Order());

        _folder.Write($"interrupted/{Key(3)}/mine.txt", "of somebody");
        IntermediateFolder.Clear(_folder.FullPath);
        Assert.Equal(["mine.txt"], FilesIn("interrupted"));
    }

    [Fact]
    public void It_goes_on_as_it_began_although_there_is_another_last_model_since()
    {
        using var project = new TrainedProject();
        project.Correct(1);
        var begun = project.Plan();
        Assert.Equal(TrainingWay.FineTune, begun.Training!.Decision.Lineage.Way);
        var key = begun.Stages.Single(stage => stage.Name == "train").Key;
        Interrupt(key, "first", project.Folder, "obj/train");
        File.Copy(project.Folder[$"obj/{OutputFiles.Decision}"], project.Folder[$"obj/{OutputFiles.BegunDecision}"], overwrite: true);

        project.Correct(1, left: 5);
        project.Plan();
        new InterruptedTrainings(project.Folder["obj"]).Begin(Key(1), TimeSpan.Zero, _ => { }, TestContext.Current.CancellationToken);
        project.Train();

        project.Correct(1);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var again = project.Plan();
            var stage = again.Stages.Single(stage => stage.Name == "train");
            Assert.True(stage.Resumes);
            Assert.Equal("it was interrupted after step 2 of epoch 5, and resumes there", Assert.Single(stage.Reasons));
            Assert.Equal(begun.Training.Decision.Weights, again.Training!.Decision.Weights);
        }

        // A decision that cannot be read costs the training, and no more; nor does anybody who asks for a new training get an old one.
        project.Settings = project.Settings with { FromScratch = true };
        var scratch = project.Plan();
        Assert.False(scratch.Stages.Single(stage => stage.Name == "train").Resumes);
        Assert.Equal(TrainingWay.Scratch, scratch.Training!.Decision.Lineage.Way);
        project.Settings = project.Settings with { FromScratch = false };
        project.Folder.Write($"obj/interrupted/{key}/decision.json", "{");
        Assert.NotEqual(begun.Training.Decision.Weights, project.Plan().Training!.Decision.Weights);
    }

    private static string Key(int number) => number.ToString("x64", CultureInfo.InvariantCulture);

    private void Begin(string key) => Trainings.Begin(key, TimeSpan.Zero, _told.Add, TestContext.Current.CancellationToken);

    private void Interrupt(string key, string content, TestFolder? folder = null, string train = "train", string ending = "null")
    {
        var head = Encoding.UTF8.GetBytes($$$"""{"__metadata__":{"training":"{\"Stage\":\"{{{key}}}\",\"Position\":{\"Epoch\":4,\"StepInEpoch\":2},\"Ending\":{{{ending.Replace("\"", "\\\"", StringComparison.Ordinal)}}}}"}}""");
        foreach (var name in Others)
        {
            (folder ?? _folder).Write($"{train}/{name}", content);
        }

        foreach (var name in Checkpoints)
        {
            AtomicFile.Write((folder ?? _folder)[$"{train}/{name}"], (byte[])[.. BitConverter.GetBytes((ulong)head.Length), .. head, .. Encoding.UTF8.GetBytes(content)]);
        }
    }

    /// <summary>The last words of each file of a training.</summary>
    private static IEnumerable<string> Files(string content) => Others.Concat(Checkpoints).Order(StringComparer.Ordinal).Select(name => $"{name}: {content}");

    private IEnumerable<string> ContentsOf(string train) => ContentsOf(train, _folder);

    private static IEnumerable<string> ContentsOf(string train, TestFolder folder) => Files(folder, train)
        .Where(file => !file.EndsWith(".txt", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        .Select(file => $"{file}: {File.ReadAllText(folder[$"{train}/{file}"]).Split('}')[^1]}");

    private IEnumerable<string> FilesIn(string train) => Files(_folder, train).Select(Path.GetFileName)!;

    private static IEnumerable<string> Files(TestFolder folder, string train) => !Directory.Exists(folder[train]) ? []
        : Directory.EnumerateFiles(folder[train], "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder[train], file).Replace('\\', '/')).Where(file => !file.StartsWith(".lock", StringComparison.Ordinal));
}
