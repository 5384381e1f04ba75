using System.Collections.Immutable;

namespace NanoDet.Training.Weights;

/// <summary>
/// Maps the rows of a file's class predictor to the rows of a model's predictor. The rows are the classes in label
/// order and then, if one convolution predicts both, the distances of the four sides.
/// </summary>
/// <param name="FileClasses">Class names of the file in label order; empty if the file does not have them.</param>
/// <param name="ModelClasses">Class names of the model in label order.</param>
public sealed record ClassRows(ImmutableArray<string> FileClasses, ImmutableArray<string> ModelClasses)
{
    /// <summary>Whether a tensor has a row for every class.</summary>
    public static bool Concerns(string name) => name.Contains(".gfl_cls.", StringComparison.Ordinal);

    /// <summary>Whether no row moves, so that the tensor can be loaded as a whole.</summary>
    /// <param name="fileRows">Rows of the file's tensor.</param>
    /// <param name="modelRows">Rows of the model's tensor.</param>
    public bool AreTheSame(long fileRows, long modelRows)
        => fileRows == modelRows && (FileClasses.IsEmpty || FileClasses.SequenceEqual(ModelClasses));

    /// <summary>The number of the file's classes: its rows but for those of the distances.</summary>
    /// <param name="fileRows">Rows of the file's tensor.</param>
    /// <param name="modelRows">Rows of the model's tensor.</param>
    public long CountInFile(long fileRows, long modelRows) => fileRows - (modelRows - ModelClasses.Length);

    /// <summary>Returns for every row of the model's tensor the row of the file's tensor to load; -1 for a new row.</summary>
    /// <returns>Null if the file's rows do not fit its classes.</returns>
    public long[]? Map(long fileRows, long modelRows)
    {
        var (distances, fileClasses) = (modelRows - ModelClasses.Length, CountInFile(fileRows, modelRows));
        if (distances < 0 || fileClasses < 1 || (!FileClasses.IsEmpty && FileClasses.Length != fileClasses))
        {
            return null;
        }

        var rows = new long[modelRows];
        for (var row = 0; row < modelRows; row++)
        {
            rows[row] = row < ModelClasses.Length ? FileClasses.IndexOf(ModelClasses[row]) : fileClasses + row - ModelClasses.Length;
        }

        return rows;
    }
}
