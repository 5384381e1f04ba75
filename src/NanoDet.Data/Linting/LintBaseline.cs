using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;

namespace NanoDet.Data.Linting;

/// <summary>
/// The findings that people have looked at and accepted, so that they are not told again: <c>nanodet.lint.json</c>, which is kept with the
/// labels.
/// </summary>
/// <param name="Version">The version of the file's form.</param>
/// <param name="Accepted">The accepted findings, by image, code, class and box.</param>
public sealed record LintBaseline(int Version, ImmutableArray<AcceptedFinding> Accepted)
{
    /// <summary>The usual name of the file.</summary>
    public const string FileName = "nanodet.lint.json";

    private const int Known = 1;
    private const long LargestFile = 64 << 20;

    /// <summary>A baseline without findings.</summary>
    public static LintBaseline Empty { get; } = new(Known, []);

    /// <summary>Reads the file; it is empty if it is missing.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="NanoDetException">NDB1610: the file is no such list (for example after a merge conflict).</exception>
    public static LintBaseline Read(string path) => !Path.Exists(path) ? Empty
        : CanonicalJson.Read(path, LintJson.Canonical.LintBaseline, LargestFile, read => read.Version == Known && read.Accepted.All(accepted => accepted is { IsWhole: true }), LintDiagnostics.BaselineUnreadable);

    /// <summary>The bytes of the file: sorted, so that the same findings give the same file and two branches merge line by line.</summary>
    public byte[] ToJson() => CanonicalJson.Write(this, LintJson.Canonical.LintBaseline);

    /// <summary>Whether somebody accepted a finding.</summary>
    internal bool Contains(AcceptedFinding finding) => Accepted.Any(accepted => accepted.IsSame(finding));

    /// <summary>The baseline with more findings, each once: two copies of an image have findings of one meaning.</summary>
    internal LintBaseline With(IEnumerable<AcceptedFinding> findings) => this with
    {
        Accepted =
        [
            .. Accepted.Concat(findings.Where(finding => !Contains(finding)).DistinctBy(finding => finding.Id))
                .OrderBy(accepted => accepted.Image, StringComparer.Ordinal).ThenBy(accepted => accepted.Code, StringComparer.Ordinal)
                .ThenBy(accepted => accepted.Class, StringComparer.Ordinal).ThenBy(accepted => string.Join(' ', accepted.Box), StringComparer.Ordinal),
        ],
    };
}

[JsonSerializable(typeof(LintBaseline))]
internal sealed partial class LintJson : JsonSerializerContext
{
    public static LintJson Canonical { get; } = new(CanonicalJson.Records());
}
