using NanoDet.SmallBoards.Boards;
using NanoDet.SmallBoards.Programs;

namespace NanoDet.SmallBoards.Running;

/// <summary>The script that runs all commands on a system.</summary>
internal static class CommandScript
{
    /// <summary>Its last line of output, without which it was cut off.</summary>
    public const string End = "all commands have run";

    /// <summary>Writes the script, and the folder of the results.</summary>
    /// <param name="work">The folder of programs and pictures.</param>
    /// <param name="target">The system.</param>
    /// <param name="place">Path of the folder on that system.</param>
    /// <returns>Path of the script on that system.</returns>
    public static string Write(WorkFolder work, Target target, string place)
    {
        Directory.CreateDirectory(work[$"results-{target}"]);
        var settings = target == Target.Board
            ? $"export DOTNET_ROOT='{place}/dotnet' LD_LIBRARY_PATH={DebianRoot.LibraryFolders} HOME=/tmp PATH=/usr/bin:/bin"
            : "";
        File.WriteAllText(work[$"run-{target}"], $"""
            {settings}
            cd '{place}/results-{target}' || exit 1
            {string.Concat(BoardCommand.All.Select(command => command.Lines(target)))}
            echo "{End}"

            """);
        return $"{place}/run-{target}";
    }
}
