using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Diagnostics;

namespace NanoDet.Pipeline.Planning;

/// <summary>
/// The weights that a configuration file names (<c>load_model</c>). The original takes the path from the folder where it is started, and
/// the data paths of a file are relative to the file: so the project's folder counts first, and then the folder of the file.
/// </summary>
/// <param name="projectFolder">The project's folder.</param>
/// <param name="configurationFile">The configuration file, relative to it.</param>
/// <param name="given">What the file says.</param>
internal sealed class ConfiguredWeights(string projectFolder, string configurationFile, string given)
{
    private readonly string _folder = Path.GetDirectoryName(configurationFile) is { Length: > 0 } folder ? folder : ".";

    /// <summary>Whether the file names an address in the network.</summary>
    public bool IsAddress => given.Contains("://", StringComparison.Ordinal);

    /// <summary>The stored paths where the weights can be; the first that exists counts.</summary>
    public IEnumerable<string> Places => new[] { Stored("."), Stored(_folder) }.Distinct(StringComparer.Ordinal);

    /// <summary>Why there are no such weights.</summary>
    /// <param name="place">The place of the key.</param>
    public Diagnostic NotThere(SourceLocation? place) => IsAddress
        ? ProjectDiagnostics.AddressInConfiguration(place, given)
        : ProjectDiagnostics.ConfiguredWeightsMissing(place, given, Path.IsPathRooted(given) ? null : _folder);

    // A character that no path can have is a path that is not there.
    private string Stored(string folder) => ProjectPath.Relative(projectFolder, Path.Combine(folder, given.Replace('\0', '\uFFFD')));
}
