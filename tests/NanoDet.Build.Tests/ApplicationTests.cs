using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;

namespace NanoDet.Build.Tests;

/// <summary>What the package leaves as it is in a project of code that references it.</summary>
public sealed class ApplicationTests(PackageFeed feed)
{
    private static readonly string[] Folders = ["images", "Annotations", "labels", "JPEGImages", "ImageSets"];

    [Fact]
    public async Task Sources_and_files_in_folders_that_are_called_like_ours_stay_the_projects()
    {
        using var project = BuildProject.OfLibrary(feed);
        TinyVoc.Write(project.Folder, 4);
        foreach (var folder in Folders)
        {
            project.Folder.Write($"{folder}/In_{folder}.cs", $"public static class In_{folder};");
        }

        project.Folder.Write("Class.cs", $"public class Class {{ public string Names => $\"{string.Concat(Folders.Select(folder => $"{{nameof(In_{folder})}}"))}\"; }}");
        File.Copy(project.Folder["images/img0.png"], project.Folder["images/logo.png"]);
        project.Folder.Write("Library.csproj", BuildProject.LibraryProject(
            BuildProject.OneFramework, """<ItemGroup><None Update="images/logo.png" CopyToOutputDirectory="PreserveNewest" /></ItemGroup>"""));
        await project.ExpectStagesAsync("split convert");
        Assert.True(File.Exists(project.Folder["bin/Debug/net10.0/images/logo.png"]));

        // What the SDKs of web sites and services would publish by themselves: every JSON file, and so labels.
        project.Folder.Write("annotations/img0.json", "{}");
        project.Folder.Write("settings.json", "{}");
        foreach (var sdk in new[] { "Microsoft.NET.Sdk.Web", "Microsoft.NET.Sdk.Worker" })
        {
            project.Folder.Write("Library.csproj", BuildProject.LibraryProject(BuildProject.OneFramework, sdk: sdk));
            var content = await project.RunAsync("msbuild", "-getItem:Content");
            Assert.Contains("settings.json", content.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("img0.json", content.Output, StringComparison.Ordinal);
        }
    }
}
