using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;

[assembly: AssemblyFixture(typeof(PackageFeed))]

namespace NanoDet.Build.Tests.Infrastructure;

/// <summary>The product, packed once for all tests as version 1.0.0, in a feed of their own.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private readonly TestFolder _folder = new("feed");

    // Where restoring this very repository has put libtorch: half a gigabyte that no test should fetch or unpack again.
    private static readonly string MachinePackages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>The nuget.config of a project that knows this feed only, and a packages folder that no other project fills.</summary>
    public string Configuration => $"""
        <configuration>
          <packageSources><clear /><add key="feed" value="{_folder["packed"]}" /></packageSources>
          <fallbackPackageFolders><clear /><add key="machine" value="{MachinePackages}" /></fallbackPackageFolders>
          <config><add key="globalPackagesFolder" value="{_folder["packages"]}" /></config>
        </configuration>
        """;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        await PackAsync("--no-build");
    }

    /// <summary>Adds a later version, 1.0.1, which takes minutes to compile.</summary>
    public Task PackLaterAsync() => PackAsync("-p:Version=1.0.1", $"-p:ArtifactsPath={_folder["later"]}", "-p:RunAnalyzers=false");

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return default;
    }

    private async Task PackAsync(params string[] arguments)
    {
        // artifacts/bin/NanoDet.Build.Tests/CONFIGURATION: what was built together with the tests is what they test.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var project = Path.Combine(Repository.Root, "src", "NanoDet.Build", "NanoDet.Build.csproj");
        var (exitCode, output) = await DotNet.RunAsync(_folder.FullPath, ["pack", project, "-o", _folder["packed"], "-nologo", "-v", "q", "-c", configuration, .. arguments]);
        Assert.True(exitCode == 0, output);
    }
}
