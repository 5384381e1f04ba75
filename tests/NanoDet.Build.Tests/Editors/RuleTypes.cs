using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;

namespace NanoDet.Build.Tests.Editors;

/// <summary>The types that rules of Visual Studio's project system are made of. Only MSBuild for .NET Framework has them, so they are read and not loaded.</summary>
internal static class RuleTypes
{
    private const string Namespace = "Microsoft.Build.Framework.XamlTypes";

    private static readonly Dictionary<string, string[]> Types = Read();

    /// <summary>The names of the properties of a type, also inherited ones; null if there is no such type.</summary>
    public static IReadOnlyList<string>? Properties(string type) => Types.GetValueOrDefault(type);

    private static Dictionary<string, string[]> Read()
    {
        var version = (string)XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .Single(package => (string?)package.Attribute("Include") == "Microsoft.Build.Framework").Attribute("Version")!;
        using var file = new PEReader(File.OpenRead(Path.Combine(PackageFeed.MachinePackages, "microsoft.build.framework", version, "lib", "net472", "Microsoft.Build.Framework.dll")));
        var reader = file.GetMetadataReader();
        var types = reader.TypeDefinitions.Select(reader.GetTypeDefinition).Where(type => reader.GetString(type.Namespace) == Namespace).ToList();
        return types.ToDictionary(type => reader.GetString(type.Name), type => Names(reader, type).ToArray(), StringComparer.Ordinal);
    }

    private static IEnumerable<string> Names(MetadataReader reader, TypeDefinition type)
    {
        var own = type.GetProperties().Select(property => reader.GetString(reader.GetPropertyDefinition(property).Name));
        return type.BaseType is { IsNil: false, Kind: HandleKind.TypeDefinition } ? own.Concat(Names(reader, reader.GetTypeDefinition((TypeDefinitionHandle)type.BaseType))) : own;
    }
}
