using System.Collections.Immutable;

namespace NanoDet.Data.Configuration.Yaml;

/// <content>Lists.</content>
internal sealed partial class MappingReader
{
    /// <summary>Whole numbers of at least <paramref name="least"/>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="least">The smallest value an entry may have.</param>
    /// <param name="fallback">The value of an absent key; default if the key is required.</param>
    public ImmutableArray<int> Integers(string key, int least, ImmutableArray<int> fallback = default)
        => List(key, fallback, null, $"a list of whole numbers of at least {least}", node => AsInteger(node, least));

    /// <summary>A whole number, or a list of them.</summary>
    public ImmutableArray<int> IntegerOrIntegers(string key, int least, ImmutableArray<int> fallback)
        => Given(key) is YamlScalar ? [Integer(key, least)] : Integers(key, least, fallback);

    /// <summary>Two whole numbers of at least <paramref name="least"/>; null if they are absent or wrong.</summary>
    public (int First, int Second)? Pair(string key, int least)
        => List<int>(key, default, 2, $"two whole numbers of at least {least}", node => AsInteger(node, least)) is [var first, var second]
            ? (first, second)
            : null;

    /// <summary>Strings; empty if the key is absent.</summary>
    public ImmutableArray<string> Texts(string key)
    {
        switch (Given(key))
        {
            case null:
                return [];
            case YamlSequence list when list.Items.All(item => item is YamlScalar):
                return [.. list.Items.Cast<YamlScalar>().Select(item => item.Text)];
            case var other:
                Wrong(key, "a list of strings", other);
                return [];
        }
    }

    /// <summary>Two numbers, the first not larger than the second; null if the key is absent.</summary>
    public ValueRange? OptionalRange(string key)
    {
        if (Given(key) is not { } node)
        {
            return null;
        }

        if (AsRange(node) is not { } range)
        {
            Wrong(key, "two numbers, the smaller one first", node);
            return ValueRange.One;
        }

        return range;
    }

    /// <summary>A range for the width and one for the height; no change if the key is absent.</summary>
    public (ValueRange X, ValueRange Y) Ranges(string key)
    {
        switch (Given(key))
        {
            case null:
                return (ValueRange.One, ValueRange.One);
            case YamlSequence { Items: [var first, var second] } when AsRange(first) is { } x && AsRange(second) is { } y:
                return (x, y);
            case var other:
                Wrong(key, "two pairs of numbers", other);
                return (ValueRange.One, ValueRange.One);
        }
    }

    /// <summary>Mean and standard deviation of the three channels.</summary>
    public (ImmutableArray<double> Mean, ImmutableArray<double> Std)? Normalization(string key)
    {
        switch (Given(key))
        {
            case null:
                Missing(key);
                return null;
            case YamlSequence { Items: [YamlSequence { Items.Count: 3 } first, YamlSequence { Items.Count: 3 } second] }
                when Numbers(first, 0) is { } mean && Numbers(second, double.Epsilon) is { } std:
                return (mean, std);
            case var other:
                Wrong(key, "three means and three deviations above 0", other);
                return null;
        }
    }

    /// <summary>Lists of a name followed by whole numbers. The places of the lists are those of <c>key[0]</c> and so on.</summary>
    public ImmutableArray<(string Name, ImmutableArray<int> Numbers)> NamedLists(string key)
    {
        switch (Given(key))
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
                    (((YamlScalar)item.Items[0]).Text, item.Items.Skip(1).Select(node => AsInteger(node, 0)!.Value).ToImmutableArray()))];
            case var other:
                Wrong(key, "a list of lists, each a name and whole numbers", other);
                return [];
        }
    }

    private static bool IsNamedList(YamlNode node)
        => node is YamlSequence { Items: [YamlScalar, ..] items } && items.Skip(1).All(item => AsInteger(item, 0) is not null);

    private ImmutableArray<T> List<T>(string key, ImmutableArray<T> fallback, int? length, string expected, Func<YamlNode, T?> read)
        where T : struct
    {
        if (Given(key) is not { } node)
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

    private static ValueRange? AsRange(YamlNode node)
        => node is YamlSequence { Items: [var low, var high] }
            && AsNumber(low, 0) is { } least && AsNumber(high, least) is { } most ? new(least, most) : null;

    private static ImmutableArray<double>? Numbers(YamlSequence list, double least)
    {
        var values = list.Items.Select(item => AsNumber(item, least)).ToArray();
        return values.All(value => value is not null) ? [.. values.Select(value => value!.Value)] : null;
    }
}
