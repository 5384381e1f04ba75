using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;

namespace NanoDet.Data.Linting;

/// <summary>What a lint says about a data set, as the build keeps it too: images and objects by their numbers in <c>dataset.json</c>.</summary>
/// <param name="Findings">The findings, the most certain first.</param>
/// <param name="Recall">How many errors would have been found.</param>
public sealed record LintFindings(ImmutableArray<LabelFinding> Findings, LintRecall Recall)
{
    private const long LargestFile = 256 << 20;

    /// <summary>What is said about other images of the same data set too.</summary>
    public LintFindings With(LintFindings others)
        => new([.. Findings.AddRange(others.Findings).Order(LabelFindingOrder.MostCertainFirst)], Recall.With(others.Recall));

    /// <summary>The bytes of the file.</summary>
    public byte[] ToJson() => CanonicalJson.Write(this, FindingsJson.Canonical.LintFindings);

    /// <summary>Reads the file.</summary>
    /// <exception cref="NanoDetException">NDB9053: it is not what the worker wrote.</exception>
    public static LintFindings Read(string path) => CanonicalJson.Read(
        path, FindingsJson.Canonical.LintFindings, LargestFile, _ => true, (place, reason) => FolderDiagnostics.IntermediateDamaged(place.File, reason));
}

[JsonSerializable(typeof(LintFindings))]
internal sealed partial class FindingsJson : JsonSerializerContext
{
    public static FindingsJson Canonical { get; } = new(CanonicalJson.Records());
}
