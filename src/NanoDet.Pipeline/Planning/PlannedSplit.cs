using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NanoDet.Data.Datasets;
using NanoDet.Data.Splitting;

namespace NanoDet.Pipeline.Planning;

/// <summary>A split that a plan has made, and that counts once a model made with it is accepted.</summary>
/// <param name="State">Hash over the data and the options that were split.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Validation">Share of the images for validation.</param>
/// <param name="Test">Share of the images for the test part.</param>
/// <param name="Parts">What the split record has to keep.</param>
public sealed record PlannedSplit(string State, long Seed, double Validation, double Test, ImmutableSortedDictionary<string, DatasetPart> Parts)
{
    /// <summary>The key of the stage <c>split</c>, which tells the plan of one build from that of another.</summary>
    public string Key { get; init; } = "";

    internal SplitRecord Record => new(new(Validation, Test, Seed), Parts.WithComparers(StringComparer.Ordinal));

    internal static PlannedSplit Of(string state, SplitRecord record)
        => new(state, record.Options.Seed, record.Options.Validation, record.Options.Test, record.Parts);

    /// <summary>The hash over all that a split depends on, except its record.</summary>
    /// <param name="items">The images, in the order of their paths.</param>
    /// <param name="options">Shares and seed.</param>
    internal static string StateOf(IEnumerable<SplitItem> items, SplitOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(string.Create(CultureInfo.InvariantCulture, $"{options.Validation:R} {options.Test:R} {options.Seed}"));
        foreach (var item in items)
        {
            Add($"{item.ContentHash} {item.Assigned} {item.NeverTest} {item.Classes.Length}");
            Add(item.Group ?? "");
            foreach (var name in item.Classes)
            {
                Add(name);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes($"{text.Length} {text}"));
    }
}
