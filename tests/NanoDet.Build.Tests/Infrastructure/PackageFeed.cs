using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;

[assembly: AssemblyFixture(typeof(PackageFeed))]

namespace NanoDet.Build.Tests.Infrastructure;

/// <summary>
/// The product, packed once for all tests in a feed of their own: the package NanoDet.Build, what a program needs to detect,
/// and the template, as version 1.0.0.
/// </summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private readonly TestFolder _folder = new("feed");

    /// <summary>Where restoring this very repository has put packages, such as libtorch: half a gigabyte that no test should fetch again.</summary>
    internal static readonly string MachinePackages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>
    /// The nuget.config of a project that knows this feed only, and a packages folder that no other project fills. What the
    /// product depends on is taken from where it lies on this machine.
    /// </summary>
    public string Settings => Sources("", $"""<add key="machine" value="{MachinePackages}" />""", _folder["packages"]);

    /// <summary>The folder with the packages.</summary>
    public string Packed => _folder["packed"];

    /// <summary>
    /// The nuget.config of a machine whose packages folder is empty: all that the product depends on is unpacked into it, libtorch
    /// too. NuGet keeps packages in its folder in the form of a source, so the one of this machine is one.
    /// </summary>
    /// <param name="packages">The packages folder.</param>
    public string EmptyMachine(string packages) => Sources($"""<add key="machine" value="{MachinePackages}" />""", "", packages);

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        var traversal = _folder.Write("feed.proj", $"""
            <Project>
              <ItemGroup><Packed Include="Build;Core;Imaging;Detection;Detection.DependencyInjection;Detection.ImageSharp;Detection.SkiaSharp;ModelInfo;Templates" /></ItemGroup>
              <Target Name="Pack">
                <MSBuild Projects="{SourceFolder}/NanoDet.%(Packed.Identity)/NanoDet.%(Packed.Identity).csproj" Targets="Pack"
                         Properties="NoBuild=true;Configuration={Configuration};PackageOutputPath={Packed}" />
              </Target>
            </Project>
            """);
        await ExpectAsync("msbuild", traversal, "-t:Pack", "-nologo", "-v:q");
    }

    /// <summary>
    /// Adds NanoDet.Build 1.0.1 and what comes with it: built of the same sources, which are judged, and compiled for each system, where
    /// 1.0.0 is built.
    /// </summary>
    public async Task PackLaterAsync()
    {
        foreach (var project in new[] { "NanoDet.Build", "NanoDet.ModelInfo" })
        {
            await ExpectAsync(
                "pack", Path.Combine(SourceFolder, project, $"{project}.csproj"), "-o", Packed, "-c", Configuration, "-nologo", "-v", "q",
                "-p:Version=1.0.1", "-p:RunAnalyzers=false", "-p:PublishReadyToRun=false", $"-p:ArtifactsPath={_folder["later"]}");
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return default;
    }

    // artifacts/bin/NanoDet.Build.Tests/CONFIGURATION: what was built together with the tests is what they test.
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Name;

    private static string SourceFolder => Path.Combine(Repository.Root, "src");

    private string Sources(string sources, string fallbacks, string packages) => $"""
        <configuration>
          <packageSources><clear /><add key="feed" value="{Packed}" />{sources}</packageSources>
          <fallbackPackageFolders><clear />{fallbacks}</fallbackPackageFolders>
          <config><add key="globalPackagesFolder" value="{packages}" /></config>
        </configuration>
        """;

    private async Task ExpectAsync(params string[] arguments)
    {
        var (exitCode, output) = await DotNet.RunAsync(_folder.FullPath, arguments);
        Assert.True(exitCode == 0, output);
    }
}
