using System.Reflection;

namespace NanoDet.Pipeline.Stages;

/// <summary>
/// The version of this tool, which is part of every key, because another version may make different outputs. A commit is not part
/// of it, because most commits change no output, and everybody who builds from source would have to train again after each.
/// </summary>
public static class ToolVersion
{
    /// <summary>The version, such as <c>1.0.0</c> or <c>1.1.0-beta.2</c>.</summary>
    public static string Current { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
