using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Core.Models;

/// <summary>
/// <see cref="ModelMetadata"/> as key-value pairs of an ONNX file (<c>metadata_props</c>): plain numbers and words,
/// and lists as JSON. The same model gives the same bytes on every system.
/// </summary>
internal static class ModelMetadataProperties
{
    /// <summary>The version of this format; a reader rejects a newer one.</summary>
    public const int Format = 1;

    /// <summary>The key of the class names, a JSON array.</summary>
    public const string ClassesKey = Prefix + "classes";

    /// <summary>The key of the score threshold.</summary>
    public const string ScoreThresholdKey = Prefix + "score_threshold";

    /// <summary>The name of the constant that is the score threshold in a file with the decoding inside.</summary>
    public const string ScoreThresholdConstant = "post.least";

    private const string Prefix = "nanodet.";
    private const int LongestSide = 8192;
    private const int MostClasses = 10_000;

    private static readonly ModelMetadataLists Lists = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Whether pairs read from a file are ours.</summary>
    public static bool IsPresent(IReadOnlyDictionary<string, string> properties) => properties.ContainsKey(Prefix + "format");

    /// <summary>The pairs, sorted by key (ordinal).</summary>
    public static ImmutableSortedDictionary<string, string> Write(ModelMetadata metadata)
    {
        var pairs = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        pairs[Prefix + "format"] = Number(Format);
        pairs[ClassesKey] = JsonSerializer.Serialize([.. metadata.Classes], Lists.StringArray);
        pairs[Prefix + "input_width"] = Number(metadata.InputWidth);
        pairs[Prefix + "input_height"] = Number(metadata.InputHeight);
        pairs[Prefix + "strides"] = JsonSerializer.Serialize([.. metadata.Strides], Lists.Int32Array);
        pairs[Prefix + "reg_max"] = Number(metadata.RegMax);
        pairs[Prefix + "prior"] = metadata.CentredPriors ? "center" : "corner";
        pairs[Prefix + "resize"] = metadata.KeepRatio ? "keep_ratio" : "stretch";
        pairs[Prefix + "mean_bgr"] = JsonSerializer.Serialize([.. metadata.Mean], Lists.DoubleArray);
        pairs[Prefix + "std_bgr"] = JsonSerializer.Serialize([.. metadata.Std], Lists.DoubleArray);
        pairs[ScoreThresholdKey] = Number(metadata.ScoreThreshold);
        pairs[Prefix + "iou_threshold"] = Number(metadata.IouThreshold);
        pairs[Prefix + "max_detections"] = Number(metadata.MaxDetections);
        if (metadata.Version is { } version)
        {
            pairs[Prefix + "version"] = version;
        }

        if (metadata.License is { } license)
        {
            pairs[Prefix + "license"] = license;
        }

        return pairs.ToImmutable();
    }

    /// <summary>Reads the pairs of a file.</summary>
    /// <exception cref="FormatException">A pair is missing or its value is not valid; the message is half a sentence that names it.</exception>
    public static ModelMetadata Read(IReadOnlyDictionary<string, string> properties)
    {
        var format = Integer("format", 1, int.MaxValue);
        if (format > Format)
        {
            throw new FormatException($"its format is {format}, but this version reads formats up to {Format}");
        }

        var classes = List("classes", 1, MostClasses, Lists.StringArray);
        if (classes.Any(name => string.IsNullOrWhiteSpace(name) || PrintedText.FirstUnprintable(name) is not null) || classes.Distinct(StringComparer.Ordinal).Count() != classes.Length)
        {
            throw new FormatException($"{Prefix}classes has a name that is empty, repeated or not printable");
        }

        var strides = List("strides", 1, 8, Lists.Int32Array);
        if (strides.Any(stride => stride is < 1 or > 1024))
        {
            throw new FormatException($"{Prefix}strides must be 1 to 1024");
        }

        var std = List("std_bgr", 3, 3, Lists.DoubleArray);
        if (std.Any(value => !(value > 0)))
        {
            throw new FormatException($"{Prefix}std_bgr must be positive");
        }

        return new ModelMetadata
        {
            Classes = classes,
            InputWidth = Integer("input_width", 1, LongestSide),
            InputHeight = Integer("input_height", 1, LongestSide),
            Strides = strides,
            RegMax = Integer("reg_max", 1, 1024),
            CentredPriors = Text("prior") switch
            {
                "corner" => false,
                "center" => true,
                var other => throw new FormatException($"{Prefix}prior is '{other}', neither corner nor center"),
            },
            KeepRatio = Text("resize") switch
            {
                "stretch" => false,
                "keep_ratio" => true,
                var other => throw new FormatException($"{Prefix}resize is '{other}', neither stretch nor keep_ratio"),
            },
            Mean = List("mean_bgr", 3, 3, Lists.DoubleArray),
            Std = std,
            ScoreThreshold = Fraction("score_threshold"),
            IouThreshold = Fraction("iou_threshold"),
            MaxDetections = Integer("max_detections", 1, 100_000),
            Version = properties.GetValueOrDefault(Prefix + "version"),
            License = properties.GetValueOrDefault(Prefix + "license"),
        };

        string Text(string key)
            => properties.GetValueOrDefault(Prefix + key) ?? throw new FormatException($"{Prefix}{key} is missing");

        int Integer(string key, int low, int high)
            => int.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high
                ? value
                : throw new FormatException($"{Prefix}{key} is '{Text(key)}', not a whole number from {low} to {high}");

        double Fraction(string key)
            => double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1
                ? value
                : throw new FormatException($"{Prefix}{key} is '{Text(key)}', not a number from 0 to 1");

        ImmutableArray<T> List<T>(string key, int fewest, int most, JsonTypeInfo<T[]> type)
        {
            try
            {
                var values = JsonSerializer.Deserialize(Text(key), type) ?? [];
                return values.Length >= fewest && values.Length <= most
                    ? [.. values]
                    : throw new FormatException($"{Prefix}{key} has {values.Length} entries, not {fewest} to {most}");
            }
            catch (JsonException)
            {
                throw new FormatException($"{Prefix}{key} is not a JSON list of {(typeof(T) == typeof(string) ? "names" : "numbers")}");
            }
        }
    }

    /// <summary>A number as it stands in a pair.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
