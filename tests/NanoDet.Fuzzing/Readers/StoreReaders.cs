using System.Text;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Downloads;
using NanoDet.Pipeline.Stages;
using NanoDet.Pipeline.Store;
using NanoDet.Pipeline.Store.Protocol;
using NanoDet.Pipeline.Store.Remote;
using NanoDet.Pipeline.Store.Stages;

namespace NanoDet.Fuzzing.Readers;

/// <summary>Entries of a store, answers of a store's server, and those of a server with weights.</summary>
internal static class StoreReaders
{
    private static readonly byte[] Content = "weights"u8.ToArray();
    private static readonly byte[] Entry = ActionCodec.Write(new StoredAction([.. StoredStage.Train.Outputs.Select(name => new StoredFile(name, new BlobDigest(ContentHash.Of(Content).ToString(), Content.Length)))], DateTimeOffset.UnixEpoch));

    private static readonly string[] HttpTokens =
    [
        "HTTP/1.1 302 Found\r\n", "HTTP/1.1 404 Not Found\r\n", "HTTP/1.0 ", "HTTP/2 ", "Location: file:///etc/passwd\r\n", "Location: http://127.0.0.1:99999/\r\n", "Location: //\r\n", "Transfer-Encoding: chunked\r\n", "Content-Length: 0\r\n",
        "Content-Encoding: gzip\r\n", "Connection: close\r\n", "\r\n\r\n", "WWW-Authenticate: Basic\r\n", "Content-Type: ;\r\n", "ffffffff\r\n", "0\r\n\r\n", "100 Continue",
    ];

    /// <summary>The readers.</summary>
    public static FuzzedReader[] All { get; } =
    [
        new("store-entry", [Entry], content =>
        {
            try
            {
                _ = ActionCodec.Read(content).Stage;
            }
            catch (DamagedEntryException)
            {
                // As documented.
            }
        }) { Tokens = ["../", "train/", "model.safetensors", "\u0012", "\u001A", "CON", "a:b"] },
        new("store-server", [Answer(Entry), Answer(Content), LabelReaders.Text("HTTP/1.1 302 Found\r\nLocation: /store/ac\r\nContent-Length: 0\r\n\r\n")], RestoreFrom) { Tokens = HttpTokens, Share = 4 },
        new("weight-server", [Answer(Content)], DownloadFrom) { Tokens = HttpTokens, Share = 4 },
    ];

    private static byte[] Answer(byte[] body) => [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];

    // The store never stops a build: no exception at all comes out of it, and nothing that was not asked for is written.
    private static void RestoreFrom(byte[] answer)
    {
        var folder = Directory.CreateTempSubdirectory("nanodet-fuzzing-store-").FullName;
        using var server = new RawServer { Answer = answer };
        try
        {
            var inputs = new Fingerprint([new("input", "a")]);
            StageRecord.Write(StageRecord.WantedPath(folder, StoredStage.Train.Name), inputs, []);
            var told = 0;
            using var store = new StageStore(new StoreSettings { Remote = server.Address, Limits = new RemoteLimits { Silence = TimeSpan.FromSeconds(1) } });
            store.RestoreAsync(StoredStage.Train, inputs.Hash, new StageRunner(folder, TimeSpan.FromSeconds(10)), _ => told++, CancellationToken.None).GetAwaiter().GetResult();
            Assert.InRange(told, 0, 1);
            Assert.DoesNotContain(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories), file => file.EndsWith(".tmp", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void DownloadFrom(byte[] answer)
    {
        using var server = new RawServer { Answer = answer };
        using var target = new MemoryStream();
        new FileDownload(server.Address, DownloadCredentials.Pretrained, most: 1 << 20).Fetch(target, ContentHash.Of(Content), CancellationToken.None);
        Assert.Equal(Content, target.ToArray());
    }
}
