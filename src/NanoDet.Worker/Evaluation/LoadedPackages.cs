using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using NanoDet.Training.Native;

namespace NanoDet.Worker.Evaluation;

/// <summary>Name and version of every package that this program uses, for the manifest.</summary>
internal static class LoadedPackages
{
    /// <summary>The packages in the program's <c>deps.json</c>, and libtorch, which is loaded from another folder.</summary>
    public static ImmutableSortedDictionary<string, string> Versions { get; } = Read();

    private static ImmutableSortedDictionary<string, string> Read()
    {
        var assembly = typeof(LoadedPackages).Assembly;
        using var dependencies = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.deps.json")));
        var packages = dependencies.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package")
            .Select(library => library.Name.Split('/'))
            .Select(parts => KeyValuePair.Create(parts[0], parts[1]));
        var natives = typeof(LibTorch).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(attribute => attribute.Key.StartsWith("libtorch", StringComparison.OrdinalIgnoreCase))
            .Select(attribute => KeyValuePair.Create(attribute.Key, attribute.Value ?? ""));
        return packages.Concat(natives).DistinctBy(package => package.Key).ToImmutableSortedDictionary(StringComparer.Ordinal);
    }
}
