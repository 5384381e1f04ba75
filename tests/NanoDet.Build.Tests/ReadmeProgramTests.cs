using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;

namespace NanoDet.Build.Tests;

/// <summary>The program of the README, word for word, built and run on .NET 8 and .NET 10, with the model by project and by package.</summary>
public sealed class ReadmeProgramTests(PackageFeed feed)
{
    [Fact]
    public async Task It_says_what_is_on_the_picture()
    {
        // As long as the network needs to be sure of what it knows by heart; the threshold that is best for two images may be too high for others.
        using var project = BuildProject.OfModel(
            feed, epochs: 80, "<PropertyGroup><NanoDetScoreThreshold>0.35</NanoDetScoreThreshold></PropertyGroup>", name: "Parts", folderName: "Parts");
        var pack = await project.RunAsync("pack", "-o", project.Folder["../packed"]);
        Assert.True(pack.ExitCode == 0, pack.Output);
        var code = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "README.md"), TestContext.Current.CancellationToken);
        var lines = new Dictionary<string, string[]>();
        foreach (var framework in new[] { "net8.0", "net10.0" })
        {
            foreach (var (name, reference) in new[] { ("project", """<ProjectReference Include="../Parts/Parts.proj" />"""), ("package", """<PackageReference Include="Parts" Version="1.0.0" />""") })
            {
                // Pruning leaves out what .NET has itself and this machine may not have as packages.
                var program = new DetectingProgram(
                    project, $"{name}-{framework}", reference,
                    $"<TargetFramework>{framework}</TargetFramework><ImplicitUsings>enable</ImplicitUsings><RestoreEnablePackagePruning>true</RestoreEnablePackagePruning>");
                await File.WriteAllLinesAsync(
                    program["Program.cs"],
                    code.SkipWhile(line => line.Trim() != "```csharp").Skip(1).TakeWhile(line => line.Trim() != "```"),
                    TestContext.Current.CancellationToken);
                File.Copy(project.Folder["images/img1.png"], program["photo.jpg"]);

                await program.ExpectAsync("build", $"-p:RestoreAdditionalProjectSources={project.Folder["../packed"]}", "-p:NanoDetStore=");

                // On the .NET that it is for, where the machine has it.
                lines.Add($"{name} {framework}", await program.RunAsync("dotnet", "--roll-forward", "Major", $"bin/Debug/{framework}/Program.dll"));
            }
        }

        Assert.All(lines.Values, printed => Assert.Equal(lines["project net10.0"], printed));
        Assert.All(lines["project net10.0"], line => Assert.Matches(@"^(bolt|nut) \d+\s?% at \(\d+, \d+\) \d+x\d+$", line));
        Assert.Contains(lines["project net10.0"], line => line.StartsWith("nut ", StringComparison.Ordinal));
    }
}
