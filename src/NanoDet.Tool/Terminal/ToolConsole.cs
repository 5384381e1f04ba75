using NanoDet.Core.Diagnostics;
using Spectre.Console;

namespace NanoDet.Tool.Terminal;

/// <summary>
/// Standard output and standard error for people. On a terminal, tables have borders; in a pipe they are plain columns,
/// without colour codes and line breaks.
/// </summary>
internal static class ToolConsole
{
    private const int PipeWidth = 4000;

    private static TextWriter? _file;

    private static bool IsPlain => _file is not null || Console.IsOutputRedirected;

    /// <summary>The console for results.</summary>
    public static IAnsiConsole Out { get; } = Create(Console.Out, Console.IsOutputRedirected);

    /// <summary>The console for progress and remarks, so that results can be piped.</summary>
    public static IAnsiConsole Error { get; } = Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>Whether text on standard output can be overwritten.</summary>
    public static bool CanRedraw => !Console.IsOutputRedirected && Out.Profile.Capabilities is { Ansi: true, Interactive: true };

    /// <summary>Makes an empty table with the right style.</summary>
    public static Table Table() => new() { Border = IsPlain ? TableBorder.None : TableBorder.Rounded };

    /// <summary>A name from outside as a table shows it: neither markup nor a command to the terminal.</summary>
    public static string Cell(string text) => Markup.Escape(PrintedText.Escape(text));

    /// <summary>Lets what is printed on standard output go into a file, until the result is disposed.</summary>
    /// <param name="file">Its writer; null for standard output.</param>
    public static IDisposable To(TextWriter? file)
    {
        _file = file;
        return new Redirection();
    }

    /// <summary>Prints text on standard output, which brings its own ends of lines.</summary>
    public static void Print(string text) => (_file ?? Console.Out).Write(text);

    /// <summary>Prints a table on standard output; in a pipe or a file, without trailing blanks.</summary>
    public static void Print(Table table)
    {
        if (!IsPlain)
        {
            Out.Write(table);
            return;
        }

        using var text = new StringWriter();
        Create(text, redirected: true).Write(table);
        foreach (var line in text.ToString().TrimEnd().Split('\n'))
        {
            Print(line.TrimEnd() + "\n");
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

    private sealed class Redirection : IDisposable
    {
        public void Dispose() => _file = null;
    }
}
