using System.Collections.Immutable;

namespace NanoDet.Training.Weights;

/// <summary>
/// Which rows of a file's class predictor become which rows of a model's. A predictor's rows are the classes in label
/// order and, where one convolution predicts both, then the distances of the four sides.
/// </summary>
/// <param name="FileClasses">Class names of the file in label order; empty where it does not say.</param>
/// <param name="ModelClasses">Class names of the model in label order.</param>
public sealed record ClassRows(ImmutableArray<string> FileClasses, ImmutableArray<string> ModelClasses)
{
    /// <summary>Whether a tensor has a row for every class.</summary>
    public static bool Concerns(string name) => name.Contains(".gfl_cls.", StringComparison.Ordinal);

    /// <summary>Whether every row stays where it is, so that the tensor can be taken as a whole.</summary>
    /// <param name="fileRows">Rows of the file's tensor.</param>
    /// <param name="modelRows">Rows of the model's tensor.</param>
    public bool AreTheSame(long fileRows, long modelRows)
        => fileRows == modelRows && (FileClasses.IsEmpty || FileClasses.SequenceEqual(ModelClasses));

    /// <summary>For every row of the model's tensor the row of the file's that it is taken from; -1 for a fresh one.</summary>
    /// <returns>Null where the file's rows do not fit its classes.</returns>
    public long[]? Map(long fileRows, long modelRows)
    {
        var distances = modelRows - ModelClasses.Length;
        var fileClasses = fileRows - distances;
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
