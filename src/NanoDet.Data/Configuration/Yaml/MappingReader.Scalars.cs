using System.Globalization;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Configuration.Yaml;

/// <content>Single values.</content>
internal sealed partial class MappingReader
{
    /// <summary>A whole number.</summary>
    /// <param name="key">The key.</param>
    /// <param name="limits">What it can be.</param>
    /// <param name="fallback">The value of an absent key; null if the key is required.</param>
    public int Integer(string key, Limits limits, int? fallback = null)
        => Read(key, fallback, $"{(limits.IsOdd ? "an odd" : "a")} whole number {limits}", node => AsInteger(node, limits));

    /// <summary>A whole number, or null if the key is absent.</summary>
    public int? OptionalInteger(string key, Limits limits) => Given(key) is null ? null : Integer(key, limits);

    /// <summary>A number.</summary>
    /// <param name="key">The key.</param>
    /// <param name="limits">What it can be.</param>
    /// <param name="fallback">The value of an absent key; null if the key is required.</param>
    public double Number(string key, Limits limits, double? fallback = null)
        => Read(key, fallback, $"a number {limits}", node => AsNumber(node, limits));

    /// <summary>A number, or null if the key is absent.</summary>
    public double? OptionalNumber(string key, Limits limits) => Given(key) is null ? null : Number(key, limits);

    /// <summary>A Boolean as YAML 1.1 writes it.</summary>
    public bool Flag(string key, bool fallback) => Read<bool>(key, fallback, "True or False", AsFlag);

    /// <summary>A required string.</summary>
    public string Text(string key) => OptionalText(key) ?? Absent(key, "");

    /// <summary>A string, or null if the key is absent or empty.</summary>
    public string? OptionalText(string key)
    {
        switch (Given(key))
        {
            case null:
                return null;
            case YamlScalar scalar:
                return scalar.Text;
            case var other:
                Wrong(key, "a string", other);
                return null;
        }
    }

    /// <summary>One of several names.</summary>
    /// <param name="key">The key.</param>
    /// <param name="names">The value of each name.</param>
    /// <param name="fallback">The name for an absent key; null if the key is required.</param>
    /// <returns>The value of the name; default if the name is unknown.</returns>
    public T? Name<T>(string key, IReadOnlyDictionary<string, T> names, string? fallback = null)
    {
        var name = OptionalText(key);
        if (name is null && fallback is null)
        {
            return Absent<T?>(key, default);
        }

        if (names.TryGetValue(name ?? fallback!, out var meaning))
        {
            return meaning;
        }

        _problems.Add(ConfigurationDiagnostics.UnknownName(Find(key)!.Location, Dotted(key), name!, [.. names.Keys]));
        return default;
    }

    private T Read<T>(string key, T? fallback, string expected, Func<YamlNode, T?> read)
        where T : struct
    {
        if (Given(key) is not { } node)
        {
            return fallback ?? Absent(key, default(T));
        }

        if (read(node) is { } value)
        {
            return value;
        }

        Wrong(key, expected, node);
        return default;
    }

    private T Absent<T>(string key, T harmless)
    {
        Missing(key);
        return harmless;
    }

    private static int? AsInteger(YamlNode node, Limits limits)
        => node is YamlScalar { Quoted: false } scalar
            && int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && limits.Allow(value) ? value : null;

    private static double? AsNumber(YamlNode node, Limits limits)
        => node is YamlScalar { Quoted: false } scalar
            && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value) && limits.Allow(value) ? value : null;

    private static bool? AsFlag(YamlNode node) => (node as YamlScalar)?.Text switch
    {
        "True" or "true" or "TRUE" or "yes" or "Yes" or "on" or "On" => true,
        "False" or "false" or "FALSE" or "no" or "No" or "off" or "Off" => false,
        _ => null,
    };
}
