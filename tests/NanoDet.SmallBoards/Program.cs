using System.Globalization;
using NanoDet.SmallBoards;
using NanoDet.SmallBoards.Boards;
using NanoDet.SmallBoards.Comparing;
using NanoDet.SmallBoards.Programs;
using NanoDet.SmallBoards.Running;

var board = args switch
{
    [] => new Board("cortex-a72", 1024, 4),
    [var processor] => new Board(processor, 1024, 4),
    [var processor, var megabytes] => new Board(processor, int.Parse(megabytes, CultureInfo.InvariantCulture), 4),
    _ => null,
};
if (board is null)
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project tests/NanoDet.SmallBoards -- [PROCESSOR [MEGABYTES]]    cortex-a53, cortex-a72 (default) or cortex-a76; 1024");
    return 2;
}

if (Requirements.Missing() is { } reason)
{
    Console.WriteLine($"skipped: {reason}");
    return 0;
}

// Outside the tree, whose settings the programs of users do not have. The root stays for the next time.
var folder = Path.Combine(Path.GetTempPath(), "nanodet-small-boards");
Directory.CreateDirectory(folder);
Console.WriteLine($"{board}, in {folder}");

Requirements.Install();
var root = Path.Combine(folder, "root");
DebianRoot.Make(root);
Console.WriteLine("the board's system is there; packing and publishing the programs");
var work = new WorkFolder(Path.Combine(root, "work"), Path.Combine(folder, "building"));

Console.WriteLine($"{Target.Host}:");
HostProgram.Run(folder, "sh", CommandScript.Write(work, Target.Host, work["."]));

Console.WriteLine($"{Target.Board}:");
var lines = new List<string>();
board.Run(root, CommandScript.Write(work, Target.Board, "/work"), folder, line =>
{
    Console.WriteLine($"  {line}");
    lines.Add(line);
});
if (!lines.Contains(CommandScript.End))
{
    Console.Error.WriteLine("the board was switched off before all commands had run");
    return 1;
}

Console.WriteLine();
var isSame = new Report(work).Print();
Console.WriteLine();
Console.WriteLine(isSame ? $"the same on {Target.Host} and {Target.Board}" : $"{Target.Host} and {Target.Board} differ");
return isSame ? 0 : 1;
