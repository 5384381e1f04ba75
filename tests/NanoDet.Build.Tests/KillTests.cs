using System.Globalization;
using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;

namespace NanoDet.Build.Tests;

/// <summary>Builds and cleans that are killed, at random and at any moment of their life, some of them beside another build. <c>NANODET_KILLS</c> says how often; five times without it.</summary>
public sealed class KillTests(PackageFeed feed)
{
    private const int Seed = 20261126;
    private const string Recipe = """
        <PropertyGroup><NanoDetAugmentationCopies>2</NanoDetAugmentationCopies></PropertyGroup>
        <ItemGroup><NanoDetAugmentation Include="GaussianNoise" Sigma="0..4" /></ItemGroup>
        """;

    private static readonly string[] Outputs = ["Model.onnx", "Model.safetensors", "Model.manifest.json", "Model.preview.png", "Model.report.html"];

    [Fact]
    public async Task Killed_at_any_moment_nothing_is_torn_and_the_next_build_ends_in_the_bytes_of_an_undisturbed_one()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sends signals, and looks for processes in /proc");
        var kills = int.Parse(Environment.GetEnvironmentVariable("NANODET_KILLS") ?? "5", CultureInfo.InvariantCulture);
        using var undisturbedStore = new TestFolder("store");
        using var undisturbed = BuildProject.OfModel(feed, epochs: 5, Recipe, undisturbedStore.FullPath);
        Assert.Equal(0, (await undisturbed.RunAsync("restore")).ExitCode);
        var first = undisturbed.Start("build", "--no-restore");
        var lengths = await new BuildLife(undisturbed, first).WatchAsync();
        Assert.Equal(0, (await first.EndAsync()).ExitCode);

        using var store = new TestFolder("store");
        using var project = BuildProject.OfModel(feed, epochs: 5, Recipe, store.FullPath);
        Assert.Equal(0, (await project.RunAsync("restore")).ExitCode);
        var random = new Random(Seed);
        Tell($"seed {Seed}; the undisturbed build: {string.Join(", ", lengths.Select(moment => Text($"{moment.Key} {moment.Value.TotalSeconds:F1} s")))}");
        for (var (kill, attempts) = (1, 0); kill <= kills; attempts++)
        {
            Assert.True(attempts < (2 * kills) + 20, "most builds ended before they could be killed");
            // Moments and not times, because most of the time is the start of MSBuild and the training.
            var aim = Pick(random, [.. lengths.Keys, "restore", "clean"]);
            var victim = Pick(random, ["worker", "MSBuild", "both"]);
            // Neither has a worker.
            var isShort = aim is "restore" or "clean";
            var delay = lengths[isShort ? "plan" : aim] * (isShort ? 1.5 : 1) * random.NextDouble();
            await PrepareAsync(aim);
            var build = aim == "clean" ? project.Start("clean") : project.Start("build", "--no-restore");
            var other = random.Next(4) == 0 ? project.Start("build", "--no-restore") : null;
            var life = new BuildLife(project, build);
            if (await life.ReachAsync(isShort ? "plan" : aim))
            {
                await Task.Delay(delay, TestContext.Current.CancellationToken);
            }

            // Who is not there cannot be killed: before the first worker and after the last it is MSBuild's turn.
            var workers = life.Workers.ToList();
            var isMSBuild = victim != "worker" || workers.Count == 0;
            if (!build.Command.HasExited)
            {
                WorkerProcesses.Signal("KILL", [.. victim == "MSBuild" ? [] : workers.Select(worker => worker.Process), .. isMSBuild ? [build.Command.Id] : Array.Empty<int>()]);
            }

            var outcome = await build.EndAsync();
            if (other is not null)
            {
                // It goes on with what was killed, or ends with its worker.
                await other.EndAsync();
            }

            FolderWholeness.AssertWhole(project, store);
            var isTooLate = outcome.ExitCode == 0;
            Tell(Text($"{(isTooLate ? "too late" : $"kill {kill}")}: {(workers.Count > 0 ? victim : "MSBuild")} {delay.TotalSeconds:F2} s into {aim}{(other is null ? "" : ", beside another build")}, during {(workers.Count > 0 ? workers[0].Verb : aim)}"));
            kill += isTooLate ? 0 : 1;
        }

        await EndsRightAsync();
        return;

        // So that the moment will come: its stage is not done yet, or the store has everything and the folder nothing.
        async Task PrepareAsync(string aim)
        {
            var stage = aim == "describe" ? "evaluate" : aim;
            var isDone = File.Exists(project.Folder[$"obj/nanodet/stages/{stage}.done"]);
            if (aim == "plan" || (aim is not ("restore" or "clean") && !isDone))
            {
                return;
            }

            await EndsRightAsync();
            if (aim == "clean")
            {
                return;
            }

            Directory.Delete(project.Folder["obj/nanodet"], recursive: true);
            Directory.Delete(project.Folder["bin"], recursive: true);
            if (aim != "restore")
            {
                Directory.Delete(store.FullPath, recursive: true);
            }
        }

        async Task EndsRightAsync()
        {
            var outcome = await project.BuildAsync();
            Assert.True(outcome.ExitCode == 0, outcome.Output);
            FolderWholeness.AssertWhole(project, store);
            Assert.All(Outputs, file => Assert.Equal(File.ReadAllBytes(undisturbed.Folder[$"bin/Debug/netstandard2.0/{file}"]), File.ReadAllBytes(project.Folder[$"bin/Debug/netstandard2.0/{file}"])));
            Assert.Equal(Copies(undisturbed), Copies(project));
            foreach (var file in FolderWholeness.Unfinished(project.Folder.FullPath))
            {
                // Half a file of a process that was killed. The next build clears it away once it can be nobody's any more.
                Tell($"left behind: {Path.GetFileName(file)}");
                File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-2));
            }

            await project.ExpectStagesAsync("");
            Assert.Empty(FolderWholeness.Unfinished(project.Folder.FullPath));
            Tell("a build that nobody disturbed: whole, and the same bytes");
        }
    }

    private static SortedDictionary<string, string> Copies(BuildProject project)
    {
        var folder = project.Folder["obj/nanodet/augmented"];
        return new(Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".record", StringComparison.Ordinal))
            .ToDictionary(file => Path.GetRelativePath(folder, file), file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))), StringComparer.Ordinal);
    }

    private static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Tell(string line) => TestContext.Current.TestOutputHelper!.WriteLine(line);
}
