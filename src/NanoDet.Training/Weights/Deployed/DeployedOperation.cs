using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Training.Weights.Deployed;

/// <summary>
/// What computes a value of a file for detection, in words that do not depend on the form of the file. What makes no difference, such as
/// a copy, is no operation.
/// </summary>
/// <param name="kind">What it does.</param>
/// <param name="name">The name of its node in the file.</param>
/// <param name="inputs">What computes the values that it takes.</param>
/// <param name="settings">Its numbers; null for one that the file does not say.</param>
internal sealed class DeployedOperation(string kind, string name, ImmutableArray<DeployedOperation> inputs, params ImmutableArray<double?> settings)
{
    /// <summary>The picture that the network takes, and any other value that no node makes.</summary>
    public const string InputKind = "input";

    private const int MostShown = 8;

    /// <summary>What it does.</summary>
    public string Kind => kind;

    /// <summary>The name of its node in the file.</summary>
    public string Name => name;

    /// <summary>What computes the values that it takes; a convolution is compared by itself.</summary>
    public ImmutableArray<DeployedOperation> Inputs => inputs;

    /// <summary>Its numbers; null for one that the file does not say.</summary>
    public ImmutableArray<double?> Settings => settings;

    /// <summary>The number of the convolution that it is; null for anything else.</summary>
    public int? Convolution { get; init; }

    /// <summary>The number of its channels; null if it is not known.</summary>
    public long? Channels { get; init; }

    /// <summary>The convolutions that it comes from, with no other one in between.</summary>
    public ConvolutionSet Sources { get; init; } = ConvolutionSet.Union(inputs.Select(input => input.Sources));

    /// <summary>What it does, in words.</summary>
    public string Describe() => Convolution is not null ? $"the convolution '{DiagnosticText.Shorten(name)}'"
        : settings.IsEmpty ? DiagnosticText.Shorten(kind)
        : $"{DiagnosticText.Shorten(kind)} ({string.Join(", ", settings.Take(MostShown).Select(number => number?.ToString("G6", CultureInfo.InvariantCulture) ?? "?"))})";
}
