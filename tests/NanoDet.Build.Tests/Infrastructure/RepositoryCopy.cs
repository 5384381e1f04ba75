using System.Text.Json;
using NanoDet.Testing;

namespace NanoDet.Build.Tests.Infrastructure;

/// <summary>The sources of this repository in another folder, as they are now, in a commit of their own.</summary>
internal sealed class RepositoryCopy : IDisposable
{
    private readonly TestFolder _folder;

    private RepositoryCopy(TestFolder folder) => _folder = folder;

    /// <summary>Path of a file of the copy, given with forward slashes.</summary>
    public string this[string relative] => _folder[relative];

    /// <summary>Copies what packages are made of.</summary>
    public static async Task<RepositoryCopy> MakeAsync()
    {
        var copy = new RepositoryCopy(new TestFolder("copy"));
        var listed = await copy.GitAsync("-C", Repository.Root, "-c", "core.quotepath=off", "ls-files", "--cached", "--others", "--exclude-standard");
        foreach (var file in listed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct())
        {
            // The tests are of no package, and a file may be deleted and not committed yet.
            if (!file.StartsWith("tests/", StringComparison.Ordinal) && File.Exists(Path.Combine(Repository.Root, file)))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(copy[file])!);
                File.Copy(Path.Combine(Repository.Root, file), copy[file]);
            }
        }

        await copy.GitAsync("init", "--quiet");
        await copy.GitAsync("add", "--all");
        await copy.GitAsync("commit", "--quiet", "--message", "All");
        return copy;
    }

    /// <summary>The same commit in a folder whose path has another length.</summary>
    public async Task<RepositoryCopy> CloneAsync()
    {
        var clone = new RepositoryCopy(new TestFolder("a clone of it"));
        await clone.GitAsync("clone", "--quiet", _folder.FullPath, ".");
        return clone;
    }

    /// <summary>Packs projects as a release does.</summary>
    /// <param name="projects">The names after <c>NanoDet.</c></param>
    /// <param name="output">The folder of the packages.</param>
    /// <param name="arguments">More for the command line.</param>
    /// <returns>Exit code and output of the command.</returns>
    public Task<(int ExitCode, string Output)> PackAsync(IEnumerable<string> projects, string output, params string[] arguments)
    {
        var filter = JsonSerializer.Serialize(new { solution = new { path = "NanoDet.Build.sln", projects = projects.Select(name => @$"src\NanoDet.{name}\NanoDet.{name}.csproj") } });
        _folder.Write("packed.slnf", filter);
        return DotNet.RunAsync(_folder.FullPath, ["pack", "packed.slnf", "-o", output, "-p:CI=true", "-nologo", "-v", "q", .. arguments]);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // Git's files are read-only, which Windows takes for a reason not to delete them.
        foreach (var file in Directory.EnumerateFiles(_folder[".git"], "*", SearchOption.AllDirectories))
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }

        _folder.Dispose();
    }

    private async Task<string> GitAsync(params string[] arguments)
    {
        var (exitCode, output) = await DotNet.Start(_folder.FullPath, ["git", "-c", "user.name=NanoDet", "-c", "user.email=nanodet@example.com", .. arguments]).EndAsync();
        Assert.True(exitCode == 0, output);
        return output;
    }
}
