using System.Buffers.Binary;
using System.Text.Json;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Folders;
using NanoDet.Pipeline.Stages;
using NanoDet.Pipeline.Store.Local;
using NanoDet.Testing;

namespace NanoDet.Build.Tests.Infrastructure;

/// <summary>Whether files are whole that a build has left, wherever it was killed.</summary>
internal static class FolderWholeness
{
    /// <summary>
    /// What a stage is recorded to have written is there, byte for byte; every other file that says of itself where it ends does
    /// end there; and what the store keeps is what its entries name.
    /// </summary>
    public static void AssertWhole(BuildProject project, TestFolder store)
    {
        var folder = project.Folder["obj/nanodet"];
        foreach (var record in Files(Path.Combine(folder, "stages"), "*.done"))
        {
            Assert.All(StageRecord.Read(record)!.Outputs, output => Assert.Equal(
                (output.Key, output.Value), (output.Key, (output.Key.EndsWith('/') ? FolderListing.Of(Path.Combine(folder, output.Key)) : ContentHash.OfFile(Path.Combine(folder, output.Key))).ToString())));
        }

        Assert.All(Files(folder, "*.json"), file => JsonDocument.Parse(File.ReadAllBytes(file)).Dispose());
        Assert.All(Files(folder, "*.safetensors"), file => Assert.Equal((file, SafetensorsLength(file)), (file, new FileInfo(file).Length)));
        Assert.All(new StoreInventory(new LocalStore(store.FullPath)).Verify(TestContext.Current.CancellationToken), entry => Assert.Null(entry.Problem));
        Assert.All(
            Files(store["cas"], "*").Where(file => !AtomicFile.IsUnfinished(file)),
            file => Assert.Equal(Path.GetFileName(file), ContentHash.OfFile(file).ToString()));
    }

    /// <summary>Files with the names of which a process that was killed leaves half a file behind.</summary>
    public static IEnumerable<string> Unfinished(string folder) => Files(folder, "*.tmp").Where(AtomicFile.IsUnfinished);

    private static string[] Files(string folder, string pattern)
        => Directory.Exists(folder) ? Directory.GetFiles(folder, pattern, SearchOption.AllDirectories) : [];

    /// <summary>The length that the header of a file of weights promises.</summary>
    private static long SafetensorsLength(string path)
    {
        var content = File.ReadAllBytes(path);
        var header = (int)BinaryPrimitives.ReadUInt64LittleEndian(content);
        using var tensors = JsonDocument.Parse(content.AsMemory(8, header));
        return 8 + header + tensors.RootElement.EnumerateObject()
            .Where(tensor => tensor.Name != "__metadata__")
            .Max(tensor => tensor.Value.GetProperty("data_offsets")[1].GetInt64());
    }
}
