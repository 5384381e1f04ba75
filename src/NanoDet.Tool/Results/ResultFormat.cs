using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Labels;

namespace NanoDet.Tool.Results;

/// <summary>The formats of results, by their names in <c>--format</c>.</summary>
internal enum ResultFormat
{
    /// <summary>Lines for people.</summary>
    Text,

    /// <summary>One JSON array.</summary>
    Json,

    /// <summary>One line of JSON per image.</summary>
    Jsonl,

    /// <summary>One line per detection.</summary>
    Csv,

    /// <summary>COCO's list of results.</summary>
    Coco,

    /// <summary>Pascal VOC XML, one file per image.</summary>
    Voc,

    /// <summary>YOLO text, one file per image.</summary>
    Yolo,
}

/// <summary>The properties of each format.</summary>
internal static class ResultFormats
{
    /// <summary>Whether it has one file per image.</summary>
    public static bool IsLabels(this ResultFormat format) => format is ResultFormat.Voc or ResultFormat.Yolo;

    /// <summary>Makes the writer of the format.</summary>
    public static ResultWriter CreateWriter(
        this ResultFormat format, TextWriter output, ImmutableArray<string> classes, CocoIds ids, string? folder, bool overwrite, Action<Diagnostic> problem)
        => format switch
        {
            ResultFormat.Json => new JsonResultWriter(output, classes, lines: false),
            ResultFormat.Jsonl => new JsonResultWriter(output, classes, lines: true),
            ResultFormat.Csv => new CsvResultWriter(output, classes),
            ResultFormat.Coco => new CocoResultWriter(output, ids, problem),
            ResultFormat.Voc => new LabelResultWriter(LabelFormat.Voc, folder, overwrite, classes, problem),
            ResultFormat.Yolo => new LabelResultWriter(LabelFormat.Yolo, folder, overwrite, classes, problem),
            _ => new TextResultWriter(output, classes),
        };
}
