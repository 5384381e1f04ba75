using NanoDet.Core.Diagnostics;
using Spectre.Console;

namespace NanoDet.Tool.Terminal;

/// <summary>
/// Standard output and standard error for people. On a terminal tables have borders; in a pipe they are plain columns, with
/// no colour codes and never broken by an invented width.
/// </summary>
internal static class ToolConsole
{
    private const int PipeWidth = 4000;

    /// <summary>Where results go.</summary>
    public static IAnsiConsole Out { get; } = Create(Console.Out, Console.IsOutputRedirected);

    /// <summary>Where progress and remarks go, so that results can be piped.</summary>
    public static IAnsiConsole Error { get; } = Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>Whether what stands on standard output can be replaced by something newer.</summary>
    public static bool CanRedraw => !Console.IsOutputRedirected && Out.Profile.Capabilities is { Ansi: true, Interactive: true };

    /// <summary>An empty table of the fitting kind.</summary>
    public static Table Table() => new() { Border = Console.IsOutputRedirected ? TableBorder.None : TableBorder.Rounded };

    /// <summary>A name from outside as a table shows it: neither markup nor a command to the terminal.</summary>
    public static string Cell(string text) => Markup.Escape(PrintedText.Escape(text));

    /// <summary>Prints a table on standard output; in a pipe without the blanks that fill up its last column.</summary>
    public static void Print(Table table)
    {
        if (!Console.IsOutputRedirected)
        {
            Out.Write(table);
            return;
        }

        using var text = new StringWriter();
        Create(text, redirected: true).Write(table);
        foreach (var line in text.ToString().TrimEnd().Split('\n'))
        {
            Console.Out.Write(line.TrimEnd() + "\n");
        }
    }

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Out = new AnsiConsoleOutput(writer),
        });
        if (redirected)
        {
            console.Profile.Width = PipeWidth;
        }

        return console;
    }
}
