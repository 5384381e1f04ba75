using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;
using Error = Microsoft.Build.Logging.StructuredLogger.Error;

namespace NanoDet.Build.Tests;

/// <summary>The process that a build starts, with a program in its place that says what it got and dies.</summary>
public sealed class WorkerTests(PackageFeed feed)
{
    [Fact]
    public async Task A_worker_gets_no_credentials_and_is_quoted_with_its_last_words()
    {
        using var project = BuildProject.OfSdk(feed);
        TinyVoc.Write(project.Folder, 6);
        project.Folder.Write("../dying/Dying.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><UseAppHost>false</UseAppHost></PropertyGroup>
            </Project>
            """);
        project.Folder.Write("../dying/Dying.cs", """
            foreach (var name in System.Environment.GetEnvironmentVariables().Keys) System.Console.WriteLine($"got {name}");
            for (var i = 0; i < 1000; i++) System.Console.Error.WriteLine($"early words, line {i}");
            throw new System.InvalidOperationException("the last words");
            """);
        var (exitCode, output) = await DotNet.RunAsync(project.Folder["../dying"], "build", "-nologo", "-v", "q", "-o", project.Folder["../died"]);
        Assert.True(exitCode == 0, output);

        var build = await project.RunWithAsync(
            "NANODET_STORE_AUTHORIZATION=Bearer secret", "build", "-t:NanoDetPreview", $"-p:NanoDetWorkerPath={project.Folder["../died/Dying.dll"]}");
        Assert.NotEqual(0, build.ExitCode);
        var error = Assert.Single(build.Diagnostics.OfType<Error>());
        Assert.Equal(("NDB4202", project.Folder["Model.proj"]), (error.Code, error.File));
        Assert.Contains("the last words'", error.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("line 0", error.Text, StringComparison.Ordinal);
        Assert.Contains("got PATH", build.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("AUTHORIZATION", build.Output, StringComparison.Ordinal);
    }
}
