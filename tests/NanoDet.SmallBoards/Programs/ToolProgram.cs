using System.IO.Compression;

namespace NanoDet.SmallBoards.Programs;

/// <summary>The tool as its package for a system has it.</summary>
internal static class ToolProgram
{
    /// <summary>Unpacks the package, as NuGet does when the tool is installed.</summary>
    /// <param name="feed">The packages.</param>
    /// <param name="target">The system.</param>
    /// <param name="output">Gets the folder of the tool alone.</param>
    /// <returns>The package.</returns>
    public static FileInfo Unpack(string feed, Target target, string output)
    {
        var package = Path.Combine(feed, $"NanoDet.Tool.{target}.1.0.0.nupkg");
        using var archive = ZipFile.OpenRead(package);
        Directory.CreateDirectory(output);
        foreach (var entry in archive.Entries.Where(entry => entry.FullName.StartsWith($"tools/net10.0/{target}/", StringComparison.Ordinal)))
        {
            entry.ExtractToFile(Path.Combine(output, entry.Name));
        }

        return new FileInfo(package);
    }
}
