using System.Globalization;
using NanoDet.Tool.Terminal;
using Spectre.Console;

namespace NanoDet.Tool.Evaluation;

/// <summary>Prints an evaluation for people.</summary>
internal static class EvaluationOutput
{
    private static readonly string[] Names =
    [
        "mAP", "mAP50", "mAP75", "mAP small", "mAP medium", "mAP large",
        "AR, 1 detection", "AR, 10 detections", "AR, 100 detections", "AR small", "AR medium", "AR large",
    ];

    /// <summary>Prints the twelve figures, then the classes from the worst to the best.</summary>
    public static void Print(EvaluationReport report)
    {
        var figures = ToolConsole.Table().AddColumns(Column("figure"), Number("value"));
        foreach (var (name, value) in Names.Zip(report.Stats))
        {
            figures.AddRow(name, Figure(value < 0 ? null : value));
        }

        var classes = ToolConsole.Table().AddColumns(Column("class"), Number("objects"), Number("mAP"), Number("mAP50"));
        foreach (var item in report.Classes.OrderBy(item => item.Map ?? 2).ThenBy(item => item.Name, StringComparer.Ordinal))
        {
            classes.AddRow(ToolConsole.Cell(item.Name), item.Objects.ToString(CultureInfo.InvariantCulture), Figure(item.Map), Figure(item.Map50));
        }

        ToolConsole.Print(string.Create(CultureInfo.InvariantCulture, $"{report.Images} {(report.Images == 1 ? "image" : "images")}, {report.Detections} {(report.Detections == 1 ? "detection" : "detections")}\n"));
        ToolConsole.Print(figures);
        ToolConsole.Print(classes);
    }

    private static TableColumn Column(string name) => new TableColumn(name).NoWrap();

    private static TableColumn Number(string name) => new TableColumn(name).RightAligned().NoWrap();

    private static string Figure(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";
}
