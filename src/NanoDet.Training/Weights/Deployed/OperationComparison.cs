using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Training.Weights.Deployed;

/// <summary>Compares what a file computes between its convolutions with what a network computes there.</summary>
/// <param name="places">The number in the file of each convolution of the network that was found.</param>
internal sealed class OperationComparison(IReadOnlyList<int> places)
{
    // Files of 16 bits, and text of a few digits, round their numbers.
    private const double Tolerance = 1e-3;

    private readonly Dictionary<(DeployedOperation Own, DeployedOperation File), string?> _compared = [];

    /// <summary>The first difference, in words; null if both compute the same.</summary>
    /// <param name="own">What the network computes.</param>
    /// <param name="file">What the file computes.</param>
    public string? Difference(DeployedOperation own, DeployedOperation file)
    {
        if (!_compared.TryGetValue((own, file), out var difference))
        {
            _compared[(own, file)] = difference = Compare(own, file);
        }

        return difference;
    }

    private string? Compare(DeployedOperation own, DeployedOperation file)
    {
        if (own.Convolution is { } number && file.Convolution is { } other)
        {
            return places[number] == other ? null : Tell(own, file);
        }

        if (own.Kind != file.Kind || own.Inputs.Length != file.Inputs.Length || own.Settings.Length != file.Settings.Length || !own.Settings.Zip(file.Settings).All(AreEqual))
        {
            return Tell(own, file);
        }

        var difference = InOrder(own.Inputs, file.Inputs);
        return difference is not null && own.Kind is "Add" or "Mul" && InOrder(own.Inputs, [.. file.Inputs.Reverse()]) is null ? null : difference;
    }

    private string? InOrder(ImmutableArray<DeployedOperation> own, ImmutableArray<DeployedOperation> file)
        => own.Zip(file).Select(pair => Difference(pair.First, pair.Second)).FirstOrDefault(difference => difference is not null);

    private static bool AreEqual((double? Own, double? File) pair) => pair is not ({ } own, { } file)
        || own.Equals(file) || Math.Abs(own - file) <= Tolerance * Math.Abs(own);

    private static string Tell(DeployedOperation own, DeployedOperation file)
        => $"its node '{DiagnosticText.Shorten(file.Name)}' is {file.Describe()}, and '{own.Name}' of the network is {own.Describe()}";
}
