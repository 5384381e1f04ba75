using System.Globalization;
using NanoDet.Core.Diagnostics;
using NanoDet.Tool.Terminal;
using Spectre.Console;

namespace NanoDet.Tool.Comparing;

/// <summary>Prints a comparison.</summary>
internal static class ComparisonOutput
{
    /// <summary>Prints it on standard output.</summary>
    public static void Print(IReadOnlyList<DifferenceSection> sections, DiffFormat format)
    {
        switch (format)
        {
            case DiffFormat.Json:
                ToolJson.Print(Document(sections));
                break;
            case DiffFormat.Markdown:
                ToolConsole.Print(Markdown(sections));
                break;
            default:
                PrintTables(sections);
                break;
        }
    }

    /// <summary>What JSON says of it.</summary>
    public static Dictionary<string, IReadOnlyList<DifferenceRow>> Document(IEnumerable<DifferenceSection> sections)
        => sections.ToDictionary(section => section.Title, section => section.Rows);

    private static string Markdown(IReadOnlyList<DifferenceSection> sections) => sections.Count == 0 ? "The models are the same.\n"
        : string.Join('\n', sections.Select(section => string.Concat(
        [
            $"| {section.Title} | old | new | change |\n| --- | --- | --- | --- |\n",
            .. section.Rows.Select(row => $"| {Cell(row.Name)} | {Cell(row.Old)} | {Cell(row.New)} | {Change(row)} |\n"),
        ])));

    private static void PrintTables(IReadOnlyList<DifferenceSection> sections)
    {
        if (sections.Count == 0)
        {
            ToolConsole.Print("The models are the same\n");
        }

        foreach (var section in sections)
        {
            var table = ToolConsole.Table().AddColumns(
                new TableColumn(ToolConsole.Cell(section.Title)).NoWrap(), new TableColumn("old"), new TableColumn("new"), new TableColumn("change"));
            foreach (var row in section.Rows)
            {
                table.AddRow(ToolConsole.Cell(row.Name), ToolConsole.Cell(row.Old ?? "-"), ToolConsole.Cell(row.New ?? "-"), Change(row));
            }

            ToolConsole.Print(table);
        }
    }

    private static string Change(DifferenceRow row) => row.Change?.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture) ?? "";

    // The name of a class may contain any character.
    private static string Cell(string? text) => text is null ? "-"
        : PrintedText.Escape(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
