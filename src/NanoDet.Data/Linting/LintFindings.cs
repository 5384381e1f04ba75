using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;

namespace NanoDet.Data.Linting;

/// <summary>The findings about a data set as the build keeps them: images and objects by their numbers in <c>dataset.json</c>.</summary>
/// <param name="Findings">The findings, the most certain first.</param>
public sealed record LintFindings(ImmutableArray<LabelFinding> Findings)
{
    private const long LargestFile = 256 << 20;

    /// <summary>The bytes of the file.</summary>
    public static byte[] ToJson(ImmutableArray<LabelFinding> findings) => CanonicalJson.Write(new LintFindings(findings), FindingsJson.Canonical.LintFindings);

    /// <summary>Reads the file.</summary>
    /// <exception cref="NanoDetException">NDB9053: it is not what the worker wrote.</exception>
    public static ImmutableArray<LabelFinding> Read(string path) => CanonicalJson.Read(
        path, FindingsJson.Canonical.LintFindings, LargestFile, _ => true, (place, reason) => FolderDiagnostics.IntermediateDamaged(place.File, reason)).Findings;
}

[JsonSerializable(typeof(LintFindings))]
internal sealed partial class FindingsJson : JsonSerializerContext
{
    public static FindingsJson Canonical { get; } = new(CanonicalJson.Records());
}
