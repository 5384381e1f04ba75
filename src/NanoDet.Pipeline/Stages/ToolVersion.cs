using System.Reflection;

namespace NanoDet.Pipeline.Stages;

/// <summary>
/// The version of this tool, which is part of every key: what another version made may not be the same. A commit is not part
/// of it, because most commits change no output, and each would make everybody who builds from source train again.
/// </summary>
public static class ToolVersion
{
    /// <summary>The version, such as <c>1.0.0</c> or <c>1.1.0-beta.2</c>.</summary>
    public static string Current { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
