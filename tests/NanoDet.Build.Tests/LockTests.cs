using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;
using Error = Microsoft.Build.Logging.StructuredLogger.Error;

namespace NanoDet.Build.Tests;

/// <summary>The file that says what a model is made from, by real builds.</summary>
public sealed class LockTests(PackageFeed feed)
{
    [Fact]
    public async Task A_locked_build_is_made_from_what_is_locked_or_fails_before_anything_is_trained()
    {
        using var project = BuildProject.OfModel(feed, epochs: 2);
        var missing = await project.BuildAsync("-p:NanoDetLockedMode=true");
        Assert.Contains(missing.Diagnostics, diagnostic => diagnostic is Error { Code: "NDB3061" });
        await project.ExpectStagesAsync("split convert train export evaluate", "-p:NanoDetLockFile=true");
        var path = project.Folder["nanodet.lock.json"];
        var locked = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
        var manifest = project.Json("bin/Debug/netstandard2.0/Model.manifest.json");
        Assert.Equal(
            manifest.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("sha256").GetString()),
            new[] { "onnx", "weights" }.Select(name => project.Json("nanodet.lock.json").GetProperty("model").GetProperty(name).GetString()));
        await project.ExpectStagesAsync("", "-p:NanoDetLockedMode=true");

        // Moved is not changed; corrected is.
        File.Move(project.Folder["images/img4.png"], project.Folder["images/also.png"]);
        File.Move(project.Folder["annotations/img4.xml"], project.Folder["annotations/also.xml"]);
        Assert.Equal(0, (await project.BuildAsync("-p:NanoDetLockedMode=true", "-t:NanoDetPlan")).ExitCode);
        project.Folder.Write("annotations/img3.xml", TinyVoc.Xml("img3.png", "nut", left: 9));
        var refused = await project.BuildAsync("-p:NanoDetLockedMode=true");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Equal(["CheckProject", "MakePlan"], refused.Tasks);
        Assert.Contains(refused.Diagnostics, diagnostic => diagnostic is Error { Code: "NDB3060" } error
            && error.Text!.EndsWith(": labels of images/img3.png changed", StringComparison.Ordinal));
        Assert.Equal(locked, await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken));

        // Without locked mode the file that is there follows: the moved picture, the corrected one, and the model. A link stays one.
        var behind = project.Folder["../behind.lock.json"];
        File.Move(path, behind);
        File.CreateSymbolicLink(path, behind);
        Assert.Equal(0, (await project.BuildAsync()).ExitCode);
        var after = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(behind, new FileInfo(path).LinkTarget);
        Assert.Equal(2, after.Except(locked).Count(line => line.Contains("images/", StringComparison.Ordinal)));
        Assert.Equal(0, (await project.BuildAsync("-p:NanoDetLockedMode=true")).ExitCode);
    }
}
