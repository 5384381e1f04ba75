using System.Runtime.InteropServices;
using NanoDet.Build.Tests.Infrastructure;
using Warning = Microsoft.Build.Logging.StructuredLogger.Warning;

namespace NanoDet.Build.Tests;

/// <summary>Programs that are published in a form from which what nobody seems to use is removed.</summary>
public sealed class PublishedProgramTests(PackageFeed feed)
{
    [Theory]
    [InlineData("PublishTrimmed", "PublishSingleFile")]
    [InlineData("PublishAot")]
    public async Task A_published_program_finds_what_the_built_one_finds(params string[] properties)
    {
        Assert.SkipWhen(
            properties.Contains("PublishAot") && !OperatingSystem.IsWindows() && !HasProgram("clang") && !HasProgram("gcc"),
            "compiling ahead of time needs a linker: clang or gcc");
        using var project = BuildProject.OfModel(feed, epochs: 1);
        var program = new DetectingProgram(project, "program", """<ProjectReference Include="../model/Model.proj" />""");
        var picture = project.Folder["images/img1.png"];
        await program.ExpectAsync("build");
        var expected = await program.DetectAsync(picture);

        // The linker warns at the place of what it cannot prove; here nothing may be left to chance.
        var publish = await program.ExpectAsync(
            "publish",
            [
                "-o", "published", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "-p:UseAppHost=true",
                "-p:DisableTransitiveFrameworkReferenceDownloads=true", // Otherwise the SDK asks for ASP.NET Core's runtime too, which a new machine has not.
                .. properties.Select(property => $"-p:{property}=true"),
            ]);

        Assert.DoesNotContain(publish.Diagnostics, diagnostic => diagnostic is Warning { Code: ['I', 'L', ..] });
        Assert.Equal(expected, await program.DetectAsync(picture, "published/Program" + (OperatingSystem.IsWindows() ? ".exe" : "")));
    }

    private static bool HasProgram(string name)
        => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));
}
