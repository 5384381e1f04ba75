using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Pipeline.Reports;

/// <summary>The figures of each epoch of a training, as <c>metrics.csv</c> has them.</summary>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Epochs">A row for each epoch, with a number for each column; null where the epoch has none.</param>
public sealed record TrainingMetrics(ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<double?>> Epochs)
{
    private const long LargestFile = 64 << 20;

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NanoDetException">NDB9053: it is not what a training writes.</exception>
    public static TrainingMetrics Read(string path)
    {
        try
        {
            var lines = Encoding.UTF8.GetString(RegularFile.ReadAllBytes(path, LargestFile)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            ImmutableArray<string> columns = [.. lines[0].Split(',')];
            return new(columns, [.. lines.Skip(1).Select(line => Row(line, columns.Length))]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            throw new NanoDetException(FolderDiagnostics.IntermediateDamaged(path, exception.Message), exception);
        }
    }

    /// <summary>The points of a column: epoch and number, without the epochs that have none.</summary>
    /// <param name="column">The name of the column.</param>
    public IEnumerable<(double X, double Y)> Points(string column)
    {
        var index = Columns.IndexOf(column);
        return Epochs.Where(row => row[index] is not null).Select(row => (row[0] ?? 0, row[index]!.Value));
    }

    private static ImmutableArray<double?> Row(string line, int length) => line.Split(',') is { } cells && cells.Length == length
        ? [.. cells.Select(cell => cell.Length == 0 ? (double?)null : double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture))]
        : throw new FormatException("a row has another number of columns than the heading");
}
