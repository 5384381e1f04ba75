using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Labels;

namespace NanoDet.Data.Configuration.Yaml;

/// <content>Lists.</content>
internal sealed partial class MappingReader
{
    // What a number of a layer can be depends on the layer.
    private static readonly Limits LayerNumber = Limits.AtLeast(0);

    /// <summary>Whole numbers.</summary>
    /// <param name="key">The key.</param>
    /// <param name="limits">What each can be.</param>
    /// <param name="fallback">The value of an absent key; default if the key is required.</param>
    public ImmutableArray<int> Integers(string key, Limits limits, ImmutableArray<int> fallback = default)
        => List(key, fallback, null, $"a list of whole numbers {limits}", node => AsInteger(node, limits));

    /// <summary>A whole number, or a list of them.</summary>
    public ImmutableArray<int> IntegerOrIntegers(string key, Limits limits, ImmutableArray<int> fallback)
        => Find(key) is YamlScalar ? [Integer(key, limits)] : Integers(key, limits, fallback);

    /// <summary>Two whole numbers; null if they are absent or wrong.</summary>
    public (int First, int Second)? Pair(string key, Limits limits)
        => List<int>(key, default, 2, $"two whole numbers {limits}", node => AsInteger(node, limits)) is [var first, var second]
            ? (first, second)
            : null;

    /// <summary>Names of classes; none if the key is absent or without a value. A name that is empty, repeated or cannot be printed is told at its own place.</summary>
    public ImmutableArray<string> ClassNames(string key)
    {
        switch (Find(key))
        {
            case null or YamlScalar { IsNull: true }:
                return [];
            case YamlSequence list when list.Items.All(item => item is YamlScalar):
                var seen = new HashSet<string>(StringComparer.Ordinal);
                return [.. list.Items.Cast<YamlScalar>().Select(item => Checked(item, seen))];
            case var other:
                Wrong(key, "a list of strings", other);
                return [];
        }
    }

    /// <summary>Two numbers, the first not larger than the second; null if the key is absent.</summary>
    public ValueRange? OptionalRange(string key, Limits limits) => OptionalRange(key, limits, limits, $"two numbers {limits}, the smaller one first");

    /// <summary>Two numbers, each with limits of its own, the first not larger than the second; null if the key is absent.</summary>
    public ValueRange? OptionalRange(string key, Limits first, Limits second) => OptionalRange(key, first, second, $"a number {first} and a number {second}");

    /// <summary>A range for the width and one for the height; no change if the key is absent.</summary>
    public (ValueRange X, ValueRange Y) Ranges(string key, Limits limits)
    {
        switch (Find(key))
        {
            case null:
                return (ValueRange.One, ValueRange.One);
            case YamlSequence { Items: [var first, var second] } when AsRange(first, limits, limits) is { } x && AsRange(second, limits, limits) is { } y:
                return (x, y);
            case var other:
                Wrong(key, $"two pairs of numbers {limits}, the smaller one first", other);
                return (ValueRange.One, ValueRange.One);
        }
    }

    /// <summary>Mean and standard deviation of the three channels.</summary>
    public (ImmutableArray<double> Mean, ImmutableArray<double> Std)? Normalization(string key, Limits means, Limits deviations)
    {
        switch (Find(key))
        {
            case null:
                Missing(key);
                return null;
            case YamlSequence { Items: [YamlSequence { Items.Count: 3 } first, YamlSequence { Items.Count: 3 } second] }
                when Numbers(first, means) is { } mean && Numbers(second, deviations) is { } std:
                return (mean, std);
            case var other:
                Wrong(key, $"three means {means} and three deviations {deviations}", other);
                return null;
        }
    }

    /// <summary>Lists of a name followed by whole numbers. The places of the lists are those of <c>key[0]</c> and so on.</summary>
    public ImmutableArray<(string Name, ImmutableArray<int> Numbers)> NamedLists(string key)
    {
        switch (Find(key))
        {
            case null:
                Missing(key);
                return [];
            case YamlSequence list when list.Items.All(IsNamedList):
                foreach (var (i, item) in list.Items.Index())
                {
                    _problems.Places[FormattableString.Invariant($"{Dotted(key)}[{i}]")] = item.Location;
                }

                return [.. list.Items.Cast<YamlSequence>().Select(item =>
                    (((YamlScalar)item.Items[0]).Text, item.Items.Skip(1).Select(node => AsInteger(node, LayerNumber)!.Value).ToImmutableArray()))];
            case var other:
                Wrong(key, "a list of lists, each a name and whole numbers", other);
                return [];
        }
    }

    private static bool IsNamedList(YamlNode node)
        => node is YamlSequence { Items: [YamlScalar, ..] items } && items.Skip(1).All(item => AsInteger(item, LayerNumber) is not null);

    private string Checked(YamlScalar item, HashSet<string> seen)
    {
        try
        {
            var name = ClassName.Required(item.Text, item.Location);
            if (!seen.Add(name))
            {
                _problems.Add(LabelDiagnostics.RepeatedClass(item.Location, name));
            }

            return name;
        }
        catch (NanoDetException exception)
        {
            _problems.Add(exception.Diagnostic);
            return item.Text;
        }
    }

    private ImmutableArray<T> List<T>(string key, ImmutableArray<T> fallback, int? length, string expected, Func<YamlNode, T?> read)
        where T : struct
    {
        if (Find(key) is not { } node)
        {
            return fallback.IsDefault ? Absent(key, ImmutableArray<T>.Empty) : fallback;
        }

        var values = node is YamlSequence list ? [.. list.Items.Select(read)] : Array.Empty<T?>();
        if (values.Length == 0 || values.Any(value => value is null) || (length is { } exact && values.Length != exact))
        {
            Wrong(key, expected, node);
            return [];
        }

        return [.. values.Select(value => value!.Value)];
    }

    private ValueRange? OptionalRange(string key, Limits first, Limits second, string expected)
    {
        if (Find(key) is not { } node)
        {
            return null;
        }

        if (AsRange(node, first, second) is not { } range)
        {
            Wrong(key, expected, node);
            return ValueRange.One;
        }

        return range;
    }

    private static ValueRange? AsRange(YamlNode node, Limits first, Limits second)
        => node is YamlSequence { Items: [var low, var high] }
            && AsNumber(low, first) is { } least && AsNumber(high, second) is { } most && least <= most ? new(least, most) : null;

    private static ImmutableArray<double>? Numbers(YamlSequence list, Limits limits)
    {
        var values = list.Items.Select(item => AsNumber(item, limits)).ToArray();
        return values.All(value => value is not null) ? [.. values.Select(value => value!.Value)] : null;
    }
}
