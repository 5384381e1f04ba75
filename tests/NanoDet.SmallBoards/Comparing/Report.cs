using System.Globalization;
using System.Text.Json;
using NanoDet.SmallBoards.Programs;
using NanoDet.SmallBoards.Running;

namespace NanoDet.SmallBoards.Comparing;

/// <summary>The tables at the end: what both systems found, and what it takes on them.</summary>
internal sealed class Report(WorkFolder work)
{
    /// <summary>Prints the tables.</summary>
    /// <returns>Whether every command succeeded on both systems, with the same results.</returns>
    public bool Print()
    {
        var isSame = true;
        Row("command", Target.Host.ToString(), Target.Board.ToString(), "difference", "");
        foreach (var command in BoardCommand.All)
        {
            var (here, there) = (Result(command, Target.Host), Result(command, Target.Board));
            if (here.ExitCode != 0 || there.ExitCode != 0)
            {
                isSame = false;
                Row(command.Name, $"exit code {here.ExitCode}", $"exit code {there.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "none"}", "", "FAILED");
                Console.WriteLine(here.Errors + there.Errors);
                continue;
            }

            isSame &= command.Arguments.Split(' ')[0] switch
            {
                "eval" => Figures(command.Name, here, there),
                "bench" => Times(command.Name, here, there),
                _ => Objects(command.Name, here, there),
            };
        }

        isSame &= Files();
        Console.WriteLine();
        Row("most memory, MB", Target.Host.ToString(), Target.Board.ToString(), "", "");
        foreach (var command in BoardCommand.All)
        {
            Row(command.Name, Megabytes(Result(command, Target.Host).Memory * 1024L), Megabytes(Result(command, Target.Board).Memory * 1024L), "", "");
        }

        Console.WriteLine();
        Row("files, MB", Target.Host.ToString(), Target.Board.ToString(), "", "");
        Row("package of the tool", Megabytes(work.Package[Target.Host].Length), Megabytes(work.Package[Target.Board].Length), "", "");
        foreach (var program in WorkFolder.Forms.Keys.Prepend("tool"))
        {
            Row(program, Megabytes(work.Size(program, Target.Host)), Megabytes(work.Size(program, Target.Board)), "", "");
        }

        return isSame;
    }

    // The pictures and the video with boxes: they were written, under the same names.
    private bool Files()
    {
        var (here, there) = (Written(Target.Host), Written(Target.Board));
        var isSame = here.SetEquals(there);
        Row("written files", $"{here.Count} files", $"{there.Count} files", isSame ? "" : string.Join(' ', here.Except(there).Union(there.Except(here))), Word(isSame));
        return isSame;

        HashSet<string> Written(Target target)
        {
            var folder = work[$"results-{target}"];
            return [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).Length > 0 && !file.EndsWith(".errors", StringComparison.Ordinal)).Select(file => Path.GetRelativePath(folder, file))];
        }
    }

    private CommandResult Result(BoardCommand command, Target target) => new(work[$"results-{target}"], command);

    private static bool Objects(string name, CommandResult here, CommandResult there)
    {
        var difference = Difference.Of(FoundObject.Of(here), FoundObject.Of(there));
        Row(
            name, $"{difference.Here} objects", $"{difference.There} objects",
            string.Create(CultureInfo.InvariantCulture, $"{difference.Alone} alone, score {difference.Score:0.000000}, edge {difference.Edge:0.00} px"), Word(difference.IsNone));
        return difference.IsNone;
    }

    private static bool Figures(string name, CommandResult here, CommandResult there)
    {
        var (mine, theirs) = (Stats(here), Stats(there));
        var largest = mine.Zip(theirs, (one, other) => Math.Abs(one - other)).Max();
        var isSame = mine.Length == theirs.Length && largest <= Difference.LargestScore;
        Row(
            name, string.Create(CultureInfo.InvariantCulture, $"mAP {mine[0]:0.0000}"), string.Create(CultureInfo.InvariantCulture, $"mAP {theirs[0]:0.0000}"),
            string.Create(CultureInfo.InvariantCulture, $"at most {largest:0.000000} in a figure"), Word(isSame));
        return isSame;

        static double[] Stats(CommandResult result)
        {
            using var json = JsonDocument.Parse(result.Output);
            return [.. json.RootElement.GetProperty("stats").EnumerateArray().Select(figure => figure.GetDouble())];
        }
    }

    // That it measures something is all that an emulated processor can say.
    private static bool Times(string name, CommandResult here, CommandResult there)
    {
        var (mine, theirs) = (Mean(here), Mean(there));
        Row(name, string.Create(CultureInfo.InvariantCulture, $"{mine:0.0} ms"), string.Create(CultureInfo.InvariantCulture, $"{theirs:0} ms"), "emulated: no figure for a board", Word(theirs > 0));
        return theirs > 0;

        static double Mean(CommandResult result)
        {
            using var json = JsonDocument.Parse(result.Output);
            return json.RootElement.GetProperty("total").GetProperty("mean").GetDouble();
        }
    }

    private static string Megabytes(long? bytes) => bytes is { } number ? (number / 1e6).ToString("0.0", CultureInfo.InvariantCulture) : "unknown";

    private static string Word(bool isSame) => isSame ? "same" : "DIFFERENT";

    private static void Row(string name, string here, string there, string difference, string word)
        => Console.WriteLine($"{name,-20} {here,-14} {there,-14} {difference,-44} {word}".TrimEnd());
}
