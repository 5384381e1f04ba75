using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using NanoDet.Build.Tests.Infrastructure;

namespace NanoDet.Build.Tests;

/// <summary>A debugger steps into a library: its symbols are published, belong to it, and give every source.</summary>
public sealed class SymbolPackageTests(PackageFeed feed)
{
    // Kinds of custom information (dotnet/runtime, PortablePdb-Metadata.md).
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [Theory]
    [InlineData("NanoDet.Core")]
    [InlineData("NanoDet.Imaging")]
    [InlineData("NanoDet.Detection")]
    [InlineData("NanoDet.Detection.DependencyInjection")]
    [InlineData("NanoDet.Detection.ImageSharp")]
    [InlineData("NanoDet.Detection.SkiaSharp")]
    public void Symbols_belong_to_the_library_and_give_every_source(string id)
    {
        using var library = ZipFile.OpenRead(Path.Combine(feed.Packed, $"{id}.1.0.0.nupkg"));
        using var symbols = ZipFile.OpenRead(Path.Combine(feed.Packed, $"{id}.1.0.0.snupkg"));
        foreach (var framework in new[] { "net8.0", "net10.0" })
        {
            using var assembly = new PEReader(Content(library, $"lib/{framework}/{id}.dll"));
            using var provider = MetadataReaderProvider.FromPortablePdbStream(Content(symbols, $"lib/{framework}/{id}.pdb"));
            var reader = provider.GetMetadataReader();
            var expected = assembly.ReadCodeViewDebugDirectoryData(assembly.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.CodeView));
            Assert.Equal(expected.Guid, new BlobContentId(reader.DebugMetadataHeader!.Id).Guid);

            var map = JsonDocument.Parse(Information(reader, EntityHandle.ModuleDefinition, SourceLink)!).RootElement.GetProperty("documents").EnumerateObject().Single();
            Assert.Matches(@"^https://raw\.githubusercontent\.com/[^/]+/[^/]+/[0-9a-f]{40}/\*$", map.Value.GetString());
            var documents = reader.Documents.ToList();
            Assert.NotEmpty(documents);
            Assert.All(documents, document =>
            {
                var name = reader.GetString(reader.GetDocument(document).Name);
                Assert.True(
                    name.StartsWith(map.Name.TrimEnd('*'), StringComparison.Ordinal) && !name.Contains("/artifacts/", StringComparison.Ordinal)
                    || Information(reader, document, EmbeddedSource) is not null,
                    $"{framework}: no source of {name}");
            });
            Assert.Contains(documents, document => Information(reader, document, EmbeddedSource) is null);
        }
    }

    private static byte[]? Information(MetadataReader reader, EntityHandle of, Guid kind)
        => reader.GetCustomDebugInformation(of).Select(reader.GetCustomDebugInformation)
            .Where(information => reader.GetGuid(information.Kind) == kind).Select(information => reader.GetBlobBytes(information.Value)).SingleOrDefault();

    private static MemoryStream Content(ZipArchive package, string name)
    {
        using var stream = package.GetEntry(name)!.Open();
        var content = new MemoryStream();
        stream.CopyTo(content);
        content.Position = 0;
        return content;
    }
}
