using System.IO.Compression;

namespace NanoDet.Build.Tests.Infrastructure;

/// <summary>A package of a few bytes under the name of a real one, in a version that exists nowhere else.</summary>
/// <param name="name">Its name.</param>
/// <param name="version">Its version.</param>
/// <param name="dependencies">Packages of the same version that it needs.</param>
internal sealed class StandInPackage(string name, string version, params string[] dependencies)
{
    private readonly Dictionary<string, string> _files = new() { ["runtimes/linux-x64/native/library.so"] = "" };

    /// <summary>Replaces its files.</summary>
    public StandInPackage With(params (string Path, string Content)[] files)
    {
        _files.Clear();
        foreach (var (path, content) in files)
        {
            _files.Add(path, content);
        }

        return this;
    }

    /// <summary>Writes it into a folder that is a source.</summary>
    public void Pack(string folder)
    {
        Directory.CreateDirectory(folder);
        using var package = ZipFile.Open(Path.Combine(folder, $"{name}.{version}.nupkg"), ZipArchiveMode.Create);
        Write(package, $"{name}.nuspec", $"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata>
                <id>{name}</id><version>{version}</version><authors>test</authors><description>test</description>
                <dependencies><group targetFramework="netstandard2.0">{string.Concat(dependencies.Select(dependency => $"<dependency id=\"{dependency}\" version=\"[{version}]\" />"))}</group></dependencies>
              </metadata>
            </package>
            """);
        foreach (var (path, content) in _files)
        {
            Write(package, path, content);
        }
    }

    private static void Write(ZipArchive package, string path, string content)
    {
        using var writer = new StreamWriter(package.CreateEntry(path).Open());
        writer.Write(content);
    }
}
