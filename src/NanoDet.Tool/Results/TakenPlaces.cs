using NanoDet.Core.Diagnostics;
using NanoDet.Tool.Diagnostics;

namespace NanoDet.Tool.Results;

/// <summary>The files that the results of a run have: inputs of one name in several folders would overwrite each other.</summary>
internal sealed class TakenPlaces
{
    private readonly Dictionary<string, string> _inputs = new(OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes a file for the result of an input.</summary>
    /// <param name="place">The file.</param>
    /// <param name="input">The input's name.</param>
    /// <exception cref="NanoDetException">NDB6105: another input has it.</exception>
    public void Take(string place, string input)
    {
        if (!_inputs.TryAdd(Path.GetFullPath(place), input) && _inputs[Path.GetFullPath(place)] is var other && other != input)
        {
            throw new NanoDetException(ToolDiagnostics.UnwritableFile(place, $"it has the result of '{other}', and '{input}' would replace it; give the folder that both lie in"));
        }
    }
}
