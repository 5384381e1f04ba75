using System.Reflection;
using System.Security.Cryptography;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;

namespace NanoDet.Pipeline.Caching;

/// <summary>The code that reads labels and headers and judges them, so that a cache of what other code read is not trusted.</summary>
internal static class ReadingCode
{
    /// <summary>A hash that is another one where any of the assemblies that a plan runs was compiled from something else.</summary>
    public static ReadOnlyMemory<byte> Identity { get; } = SHA256.HashData(
        Assemblies.SelectMany(assembly => assembly.ManifestModule.ModuleVersionId.ToByteArray()).ToArray());

    /// <summary>These assemblies.</summary>
    public static IEnumerable<Assembly> Assemblies
        => [typeof(Diagnostic).Assembly, typeof(Dataset).Assembly, typeof(ReadingCode).Assembly];
}
