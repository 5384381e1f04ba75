using System.Reflection;

namespace NanoDet.Data.Planning;

/// <summary>The version of this tool, which is part of every key: what another version made may not be the same.</summary>
public static class ToolVersion
{
    /// <summary>The version with the commit it was built from.</summary>
    public static string Current { get; } = typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
