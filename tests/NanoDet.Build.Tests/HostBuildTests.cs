using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;

namespace NanoDet.Build.Tests;

/// <summary>How the stages sit in the build of a project.</summary>
public sealed class HostBuildTests(PackageFeed feed)
{
    [Fact]
    public async Task A_library_with_the_package_plans_compiles_keeps_its_files_and_cleans_them()
    {
        using var project = BuildProject.OfLibrary(feed);
        TinyVoc.Write(project.Folder, 6);
        Assert.Equal(0, (await project.RunAsync("restore")).ExitCode);

        var designTime = await project.RunAsync("msbuild", "-t:Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true");
        Assert.True(designTime.ExitCode == 0, designTime.Output);
        Assert.Empty(designTime.Tasks);
        Assert.False(Directory.Exists(project.Folder["obj/nanodet"]));
        var upToDate = await project.RunAsync("msbuild", "-t:_NanoDetTellUpToDateCheck", "-getItem:UpToDateCheckInput", "-getItem:UpToDateCheckBuilt");
        Assert.Contains("annotations/img5.xml", upToDate.Output, StringComparison.Ordinal);
        Assert.Contains("obj/nanodet/built.stamp", upToDate.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("nanodet.split.json", upToDate.Output, StringComparison.Ordinal);

        Assert.Empty((await project.BuildAsync("-p:NanoDetEnabled=false")).Tasks);
        await project.ExpectStagesAsync("split convert");
        Assert.True(File.Exists(project.Folder["bin/Debug/net10.0/Library.dll"]));
        Assert.False(File.Exists(project.Folder["bin/Debug/net10.0/NanoDet.Core.dll"]));
        for (var i = 0; i < 2; i++)
        {
            await project.ExpectStagesAsync("");
            Assert.True(File.Exists(project.Folder["obj/nanodet/train.coco.json"]));
        }

        Assert.Equal(0, (await project.RunAsync("clean")).ExitCode);
        Assert.Equal([project.Folder["obj/nanodet/.lock"]], Directory.EnumerateFileSystemEntries(project.Folder["obj/nanodet"], "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Visual_Studio_and_dotnet_watch_see_every_file_that_a_build_reads()
    {
        using var project = BuildProject.OfSdk(feed, "<PropertyGroup><NanoDetPretrained>weights.safetensors</NanoDetPretrained><NanoDetLockedMode>true</NanoDetLockedMode></PropertyGroup>");
        TinyVoc.Write(project.Folder, 2);
        string[] files = ["weights.safetensors", "nanodet.split.json", "nanodet.baseline.json", "nanodet.lock.json", "classes.txt", "images/img1.png", "annotations/img1.xml"];
        foreach (var file in files[..5])
        {
            project.Folder.Write(file, "");
        }

        Assert.Equal(0, (await project.RunAsync("restore")).ExitCode);
        var upToDate = await project.RunAsync("msbuild", "-t:_NanoDetTellUpToDateCheck", "-getItem:UpToDateCheckInput");
        var (_, watched) = await DotNet.RunAsync(project.Folder.FullPath, "watch", "--list", "--project", "Model.proj");
        Assert.All(files, file => Assert.Contains($"\"{file}\"", upToDate.Output, StringComparison.Ordinal));
        Assert.All(files, file => Assert.Contains(project.Folder[file], watched.Split('\n').Select(line => line.Trim())));
    }

    [Fact]
    public async Task What_changes_during_a_build_is_newer_than_its_stamp()
    {
        using var project = BuildProject.OfSdk(feed, """
            <Target Name="Edit" AfterTargets="NanoDetPlan"><Touch Files="annotations/img1.xml" /></Target>
            """);
        TinyVoc.Write(project.Folder, 6);
        await project.ExpectStagesAsync("split convert");
        var stamp = project.Folder["obj/nanodet/built.stamp"];
        Assert.True(File.GetLastWriteTimeUtc(stamp) < File.GetLastWriteTimeUtc(project.Folder["annotations/img1.xml"]));

        // A build that fails leaves the project out of date.
        var built = File.GetLastWriteTimeUtc(stamp);
        project.Folder.Write("annotations/img1.xml", "<annotation>");
        Assert.NotEqual(0, (await project.BuildAsync()).ExitCode);
        Assert.Equal(built, File.GetLastWriteTimeUtc(stamp));
    }

    [Fact]
    public async Task A_version_that_a_package_computes_in_a_target_is_the_models()
    {
        // As Nerdbank.GitVersioning and MinVer do, whose files are imported after ours.
        using var project = BuildProject.OfLibrary(feed);
        project.Folder.Write("Version.targets", """
            <Project>
              <PropertyGroup><GetPackageVersionDependsOn>ComputeVersion;$(GetPackageVersionDependsOn)</GetPackageVersionDependsOn></PropertyGroup>
              <Target Name="ComputeVersion"><PropertyGroup><Version>2.3.1</Version></PropertyGroup></Target>
              <Target Name="Show" AfterTargets="NanoDetPlan"><Message Text="planned for $(Version)" /></Target>
            </Project>
            """);
        project.Folder.Write("Directory.Build.targets", "<Project><Import Project=\"Version.targets\" /></Project>");
        TinyVoc.Write(project.Folder, 6);
        Assert.Contains("planned for 2.3.1", (await project.ExpectStagesAsync("split convert")).Messages);
    }

    [Fact]
    public async Task Names_in_any_script_with_spaces_and_characters_that_MSBuild_knows_otherwise_work()
    {
        using var project = BuildProject.OfSdk(feed, folderName: "Ünï 项目 #1 100% ; it's");
        TinyVoc.Write(project.Folder, 4);
        TinyVoc.WritePair(project.Folder, 50, "bolt", "ä %20b #c; it's (1) 图");
        await project.ExpectStagesAsync("split convert");
        var images = project.Json("obj/nanodet/dataset.json").GetProperty("images").EnumerateArray().Select(image => image.GetProperty("path").GetString());
        Assert.Contains("images/ä %20b #c; it's (1) 图.png", images);
    }

    [Fact]
    public async Task Long_paths_in_Chinese_train_too()
    {
        // A name may have 255 bytes, of which such a character takes three.
        var name = "零件 " + new string('检', 30);
        using var project = BuildProject.OfModel(feed, epochs: 1, folderName: $"目标检测 {new string('项', 40)} {new string('x', 115)}", name: name, pictures: $"/{new string('图', 60)} 一");
        await project.ExpectStagesAsync("split convert train export evaluate");
        var model = project.Folder[$"bin/Debug/netstandard2.0/{name}.manifest.json"];
        Assert.True(File.Exists(model) && File.Exists(Path.ChangeExtension(model, null).Replace(".manifest", ".onnx", StringComparison.Ordinal)));
        Assert.True(project.Folder[$"images/{new string('图', 60)} 一/img1.png"].Length > 260);
        await project.ExpectStagesAsync("");
    }

    [Fact]
    public async Task Builds_at_the_same_time_do_no_harm()
    {
        using var project = BuildProject.OfLibrary(feed);
        TinyVoc.Write(project.Folder, 40);
        Assert.Equal(0, (await project.RunAsync("restore")).ExitCode);
        var builds = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => project.RunAsync("build", "--no-restore", "-t:NanoDetBuildModel")));
        Assert.All(builds, build => Assert.True(build.ExitCode == 0, build.Output));
        await project.ExpectStagesAsync("");
        Assert.Empty(Directory.EnumerateFiles(project.Folder["obj/nanodet"], "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Voc_folders_lists_metadata_and_labels_beside_the_images_are_found()
    {
        using var project = BuildProject.OfSdk(feed, """
            <ItemGroup>
              <NanoDetImage Update="images/night*.png" Group="night" Split="test" />
              <NanoDetImage Include="more/empty.png" Negative="true" Weight="2" />
            </ItemGroup>
            """);
        TinyVoc.Write(project.Folder, 6, "JPEGImages", "Annotations");
        TinyVoc.WritePair(project.Folder, 70, "nut", "night1", "images", "images");
        Directory.CreateDirectory(project.Folder["more"]);
        File.WriteAllBytes(project.Folder["more/empty.png"], TinyPng.Bytes(71));
        project.Folder.Write("ImageSets/Main/val.txt", "img0\nimg1\n");
        project.Folder.Write("ImageSets/Main/train.txt", "img2\nimg3\nimg4\nimg5\n");
        await project.ExpectStagesAsync("split convert");
        var split = project.Json("obj/nanodet/split.json");
        Assert.Equal(["images/night1.png"], split.GetProperty("test").EnumerateArray().Select(path => path.GetString()));
        Assert.Superset(
            new HashSet<string?> { "JPEGImages/img0.png", "JPEGImages/img1.png" },
            split.GetProperty("val").EnumerateArray().Select(path => path.GetString()).ToHashSet());
        Assert.Contains("\"weight\":2,\"objects\":[]", await File.ReadAllTextAsync(project.Folder["obj/nanodet/dataset.json"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_source_tree_serves_without_a_package()
    {
        using var project = BuildProject.OfSdk(feed);
        var sdk = Path.Combine(Repository.Root, "build", "Sdk");
        project.Folder.Write("Model.proj", $"""
            <Project>
              <Import Project="{sdk}/Sdk.props" />
              <Import Project="{sdk}/Sdk.targets" />
            </Project>
            """);
        TinyVoc.Write(project.Folder, 4);
        await project.ExpectStagesAsync("split convert");
        Assert.Empty(Directory.EnumerateFiles(project.Folder["bin"], "*", SearchOption.AllDirectories));
    }
}
