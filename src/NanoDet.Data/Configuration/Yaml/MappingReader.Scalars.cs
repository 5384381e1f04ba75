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

    /// <summary>A whole number, or null if the key is absent or empty.</summary>
    public int? OptionalInteger(string key, Limits limits) => IsGiven(key) ? Integer(key, limits) : null;

    /// <summary>A number.</summary>
    /// <param name="key">The key.</param>
    /// <param name="limits">What it can be.</param>
    /// <param name="fallback">The value of an absent key; null if the key is required.</param>
    public double Number(string key, Limits limits, double? fallback = null)
        => Read(key, fallback, $"a number {limits}", node => AsNumber(node, limits));

    /// <summary>A number, or null if the key is absent.</summary>
    public double? OptionalNumber(string key, Limits limits) => Has(key) ? Number(key, limits) : null;

    /// <summary>A Boolean as YAML 1.1 writes it.</summary>
    public bool Flag(string key, bool fallback) => Read<bool>(key, fallback, "True or False", AsFlag);

    /// <summary>A required string.</summary>
    public string Text(string key)
    {
        switch (Find(key))
        {
            case null:
                return Absent(key, "");
            case YamlScalar { IsNull: false } scalar:
                return scalar.Text;
            case var other:
                Wrong(key, "a string", other);
                return "";
        }
    }

    /// <summary>A string, or null if the key is absent or empty.</summary>
    public string? OptionalText(string key)
    {
        switch (Find(key))
        {
            case null or YamlScalar { IsNull: true }:
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
    /// <param name="remark">What else to say about an unknown name; null for nothing.</param>
    /// <returns>The value of the name; default if the name is unknown.</returns>
    public T? Name<T>(string key, IReadOnlyDictionary<string, T> names, string? fallback = null, string? remark = null)
    {
        switch (Find(key))
        {
            case null:
                return fallback is null ? Absent<T?>(key, default) : names[fallback];
            case YamlScalar { IsNull: false } name when names.TryGetValue(name.Text, out var meaning):
                return meaning;
            case YamlScalar { IsNull: false } name:
                _problems.Add(ConfigurationDiagnostics.UnknownName(name.Location, Dotted(key), name.Text, [.. names.Keys], remark));
                return default;
            case var other:
                Wrong(key, $"one of {string.Join(", ", names.Keys)}", other);
                return default;
        }
    }

    private T Read<T>(string key, T? fallback, string expected, Func<YamlNode, T?> read)
        where T : struct
    {
        if (Find(key) is not { } node)
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
        => node is YamlScalar { Quoted: false } scalar && !IsOctal(scalar.Text)
            && int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && limits.Allow(value) ? value : null;

    private static double? AsNumber(YamlNode node, Limits limits)
        => node is YamlScalar { Quoted: false } scalar && !IsOctal(scalar.Text)
            && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value) && limits.Allow(value) ? value : null;

    // The original reads 010 as 8, as YAML 1.1 has it, and other readers read it as 10.
    private static bool IsOctal(string text) => text.AsSpan().TrimStart("+-") is ['0', _, ..] digits && digits.IndexOfAnyExceptInRange('0', '9') < 0;

    // What is in quotes is a string, and the original takes every string but the empty one for true.
    private static bool? AsFlag(YamlNode node) => (node as YamlScalar is { Quoted: false } scalar ? scalar.Text : null) switch
    {
        "True" or "true" or "TRUE" or "yes" or "Yes" or "on" or "On" => true,
        "False" or "false" or "FALSE" or "no" or "No" or "off" or "Off" => false,
        _ => null,
    };
}
