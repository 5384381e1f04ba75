using NanoDet.Testing;

namespace NanoDet.SmallBoards.Programs;

/// <summary>The packages of this source tree, as <c>dotnet pack -c Release</c> makes them.</summary>
internal static class Feed
{
    /// <summary>Packs the tool, for all its systems, and the library with what it needs.</summary>
    /// <param name="folder">Gets the packages.</param>
    public static void Pack(string folder)
    {
        foreach (var project in (string[])["NanoDet.Tool", "NanoDet.Core", "NanoDet.Imaging", "NanoDet.Detection"])
        {
            HostProgram.Run(Repository.Root, "dotnet", "pack", Path.Combine("src", project), "-c", "Release", "-o", folder, "-nologo", "-v", "q");
        }
    }
}
