using System.Diagnostics;
using NanoDet.Build.Tests.Infrastructure;
using Error = Microsoft.Build.Logging.StructuredLogger.Error;

namespace NanoDet.Build.Tests;

/// <summary>Trainings that are stopped, politely and not.</summary>
public sealed class InterruptionTests(PackageFeed feed)
{
    private const int Epochs = 40;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Stopped_killed_and_orphaned_trainings_leave_no_process_and_end_in_the_bytes_of_an_undisturbed_one()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sends signals, and looks for processes in /proc");
        using var undisturbed = BuildProject.OfModel(feed, Epochs);
        await undisturbed.ExpectStagesAsync("split convert train export evaluate");

        using var project = BuildProject.OfModel(feed, Epochs);
        Assert.Equal(0, (await project.RunAsync("restore")).ExitCode);

        // Ctrl+C, of which only MSBuild hears. The worker stands still until MSBuild has let go of it, for it may take MSBuild longer
        // to come to that than the worker needs for all its epochs.
        var stopped = await InterruptAsync(project, async build =>
        {
            var workers = WorkerProcesses.Of(project);
            WorkerProcesses.Signal("STOP", workers);
            WorkerProcesses.Signal("INT", build);
            await UntilAsync(() => !workers.Exists(WorkerProcesses.HasOpenInput));
            WorkerProcesses.Signal("CONT", workers);
        });
        Assert.NotEqual(0, stopped.ExitCode);
        Assert.Empty(WorkerProcesses.Of(project));

        // The worker dies: the build says so.
        var killed = await InterruptAsync(project, _ => Kill(WorkerProcesses.Of(project)));
        Assert.NotEqual(0, killed.ExitCode);
        Assert.Contains("resumed at ", killed.Output, StringComparison.Ordinal);
        Assert.Matches("NanoDet: train will run because it was interrupted after (epoch|step [0-9]+ of epoch) [0-9]+, and resumes there", killed.Output);
        Assert.DoesNotContain("a new training starts", killed.Output, StringComparison.Ordinal);
        Assert.Contains(killed.Diagnostics, diagnostic => diagnostic is Error { Code: "NDB4202" });

        // Another training gets in between, with other settings: the stopped one is kept.
        var other = await project.RunAsync("build", "--no-restore", "-t:NanoDetTrain", "-p:NanoDetEpochs=1");
        Assert.Equal(0, other.ExitCode);
        Assert.Contains("is kept, and resumes when they come back", other.Output, StringComparison.Ordinal);

        // MSBuild dies: the worker notices.
        await InterruptAsync(project, build => Kill([build]));
        await UntilAsync(() => WorkerProcesses.Of(project).Count == 0);

        var last = await project.ExpectStagesAsync("train export evaluate");
        Assert.Contains("resumed at ", last.Output, StringComparison.Ordinal);
        foreach (var file in new[] { "Model.onnx", "Model.safetensors", "Model.manifest.json", "Model.preview.png", "Model.report.html" })
        {
            Assert.Equal(File.ReadAllBytes(undisturbed.Folder[$"bin/Debug/netstandard2.0/{file}"]), File.ReadAllBytes(project.Folder[$"bin/Debug/netstandard2.0/{file}"]));
        }

        Assert.Empty(Directory.EnumerateFiles(project.Folder["obj/nanodet"], "*.tmp", SearchOption.AllDirectories));
    }

    /// <summary>Builds, and does something once this build has trained two epochs.</summary>
    private static async Task<BuildOutcome> InterruptAsync(BuildProject project, Func<int, Task> interrupt)
    {
        var progress = project.Folder["obj/nanodet/train/progress.jsonl"];
        var before = Directory.Exists(project.Folder["obj/nanodet"])
            ? Directory.EnumerateFiles(project.Folder["obj/nanodet"], "progress.jsonl", SearchOption.AllDirectories).Max(EpochsIn) : 0;
        var build = project.StartInterruptible("build", "--no-restore");
        await UntilAsync(() => EpochsIn(progress) >= before + 2);
        await interrupt(build.Command.Id);
        return await build.EndAsync();
    }

    private static Task Kill(IEnumerable<int> processes)
    {
        WorkerProcesses.Signal("KILL", processes);
        return Task.CompletedTask;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var waited = Stopwatch.StartNew(); !condition(); await Task.Delay(50, TestContext.Current.CancellationToken))
        {
            Assert.True(waited.Elapsed < Longest, "nothing happened for minutes");
        }
    }

    private static int EpochsIn(string progress)
    {
        if (!File.Exists(progress))
        {
            return 0;
        }

        using var reader = new StreamReader(new FileStream(progress, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd().Split("\"kind\":\"epoch\"").Length - 1;
    }
}
