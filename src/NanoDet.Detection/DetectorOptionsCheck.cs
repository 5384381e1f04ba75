using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ModelMetadata = NanoDet.Core.Models.ModelMetadata;

namespace NanoDet.Detection;

/// <summary>Refuses options that no detector can have, before anything is loaded with them.</summary>
internal static class DetectorOptionsCheck
{
    // BGRA in one array.
    private static readonly long MostPixels = Array.MaxLength / 4;

    /// <summary>Checks all options.</summary>
    /// <exception cref="ArgumentException">One is out of its range; the exception names it.</exception>
    public static void Check(DetectorOptions options)
    {
        InRange(options.Threads, 0, DetectorOptions.MostThreads);
        InRange(options.MaxConcurrency, 1, int.MaxValue);
        InRange(options.MaxPixels, 1, MostPixels);
        InRange(options.Batch, 1, DetectorOptions.MostImagesOfBatch);
        InRange(options.DeviceId, 0, int.MaxValue);
        InRange(options.ScoreThreshold ?? 0, 0, 1);
        InRange(options.IouThreshold ?? 0, 0, 1);
        InRange(options.MaxDetections ?? 1, 1, int.MaxValue);
        ArgumentNullException.ThrowIfNull(options.Providers);
        if (options.Providers.Count == 0)
        {
            throw new ArgumentException("No provider is given.", "options.Providers");
        }

        if (options.Classes is { Count: 0 })
        {
            throw new ArgumentException("No class is given.", "options.Classes");
        }

        if (options.Metadata is { } metadata)
        {
            Check(metadata);
        }
    }

    private static void Check(ModelMetadata metadata)
    {
        NotEmpty(metadata.Classes);
        NotEmpty(metadata.Strides);
        InRange(metadata.InputWidth, 1, int.MaxValue);
        InRange(metadata.InputHeight, 1, int.MaxValue);
        InRange(metadata.Strides.Min(), 1, int.MaxValue);
        InRange(metadata.RegMax, 1, int.MaxValue);
        OfThreeColors(metadata.Mean, double.MinValue);
        OfThreeColors(metadata.Std, double.Epsilon);
        InRange(metadata.ScoreThreshold, 0, 1);
        InRange(metadata.IouThreshold, 0, 1);
        InRange(metadata.MaxDetections, 1, int.MaxValue);
    }

    // NaN comes before every number here, so it is out of every range.
    private static void InRange<T>(T value, T low, T high, [CallerArgumentExpression(nameof(value))] string option = "")
        where T : IComparable<T>
    {
        if (value.CompareTo(low) < 0 || value.CompareTo(high) > 0)
        {
            throw new ArgumentOutOfRangeException(Name(option), value, $"The option must be {low} to {high}.");
        }
    }

    private static void NotEmpty<T>(ImmutableArray<T> values, [CallerArgumentExpression(nameof(values))] string option = "")
    {
        if (values.IsDefaultOrEmpty)
        {
            throw new ArgumentException("The option must have entries.", Name(option));
        }
    }

    private static void OfThreeColors(ImmutableArray<double> values, double low, [CallerArgumentExpression(nameof(values))] string option = "")
    {
        if (values.IsDefault || values.Length != 3 || !values.All(value => double.IsFinite(value) && value >= low))
        {
            throw new ArgumentException($"The option must have 3 {(low > 0 ? "positive " : "")}finite numbers, for blue, green and red.", Name(option));
        }
    }

    // As the caller wrote it: options.ScoreThreshold, options.Metadata.Std.
    private static string Name(string expression)
    {
        var option = expression.Split(' ')[0].Replace(".Min()", "", StringComparison.Ordinal);
        return option.StartsWith("metadata.", StringComparison.Ordinal) ? $"options.Metadata.{option["metadata.".Length..]}" : option;
    }
}
