using NanoDet.SmallBoards.Boards;
using NanoDet.SmallBoards.Comparing;
using NanoDet.SmallBoards.Programs;
using NanoDet.SmallBoards.Running;

namespace NanoDet.SmallBoards;

/// <summary>The whole run: a system for the board, the programs, both machines, the comparison.</summary>
internal static class Emulation
{
    /// <summary>Runs everything, and prints what it does and the tables.</summary>
    /// <param name="board">The board.</param>
    /// <returns>Whether the results are the same on both systems.</returns>
    /// <exception cref="InvalidOperationException">A program failed, or the board was switched off too early.</exception>
    /// <exception cref="TimeoutException">The board hangs.</exception>
    public static bool Run(Board board)
    {
        // Outside the tree, whose settings the programs of users do not have. The board's system stays for the next time.
        var folder = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "nanodet-small-boards");
        Directory.CreateDirectory(folder);
        Console.WriteLine($"{board}, in {folder}");
        Requirements.Install();

        Console.WriteLine("the board's system");
        var root = Path.Combine(folder, "root");
        DebianRoot.Make(root);

        Console.WriteLine("packages and programs");
        var work = new WorkFolder(Path.Combine(root, "work"), Path.Combine(folder, "building"));

        Console.WriteLine($"commands on {Target.Host}");
        HostProgram.Run(folder, "sh", CommandScript.Write(work, Target.Host, work["."]));

        Console.WriteLine($"commands on {Target.Board}");
        var hasEnded = false;
        board.Run(root, CommandScript.Write(work, Target.Board, "/work"), folder, line =>
        {
            Console.WriteLine($"  {line}");
            hasEnded |= line == CommandScript.End;
        });
        if (!hasEnded)
        {
            throw new InvalidOperationException("the board was switched off before all commands had run");
        }

        Console.WriteLine();
        return new Report(work).Print();
    }
}
