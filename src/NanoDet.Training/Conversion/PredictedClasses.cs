using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Weights;

namespace NanoDet.Training.Conversion;

/// <summary>The classes that weights predict, as their names and shapes say it without a network.</summary>
internal static class PredictedClasses
{
    private const string Predictor = "head.gfl_cls.";
    private const int Sides = 4;
    private const int FewestBins = 2;

    /// <summary>Requires that names are as many as the classes.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="tensors">The weights; those without a predictor, as of a backbone, are of no classes.</param>
    /// <param name="names">The names; empty if there are none.</param>
    /// <param name="origin">Where they are, in words.</param>
    /// <exception cref="NanoDetException">NDB4108.</exception>
    public static void Require(string path, IReadOnlyDictionary<string, WeightTensor> tensors, ImmutableArray<string> names, string origin)
    {
        if (!names.IsEmpty && tensors.FirstOrDefault(tensor => tensor.Key.StartsWith(Predictor, StringComparison.Ordinal) && !tensor.Value.Shape.IsEmpty).Value is { } predictor
            && Count(tensors, predictor.Shape[0], names.Length) is var classes && classes != names.Length)
        {
            throw new NanoDetException(WeightDiagnostics.OtherClasses(path, names.Length, origin, (int)classes));
        }
    }

    // One convolution predicts classes and distances, unless distances have convolutions of their own.
    private static long Count(IReadOnlyDictionary<string, WeightTensor> tensors, long rows, int names)
    {
        if (tensors.Keys.Any(name => name.StartsWith("head.reg_convs.", StringComparison.Ordinal)))
        {
            return rows;
        }

        if (tensors.TryGetValue("head.distribution_project.project", out var bins) && bins.Shape is [var count])
        {
            return rows - (Sides * count);
        }

        // Without the numbers of the bins, any number of them is possible.
        var distances = rows - names;
        return distances >= Sides * FewestBins && distances % Sides == 0 ? names : rows - (Sides * 8);
    }
}
