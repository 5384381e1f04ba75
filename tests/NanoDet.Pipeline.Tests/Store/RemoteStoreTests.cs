using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Stages;
using NanoDet.Pipeline.Store;
using NanoDet.Pipeline.Store.Local;
using NanoDet.Pipeline.Store.Protocol;
using NanoDet.Pipeline.Store.Remote;
using NanoDet.Pipeline.Store.Stages;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Store;

/// <summary>Results go to a server and come back; and whatever a server does, nothing wrong is taken and no build waits long.</summary>
public sealed class RemoteStoreTests : IAsyncDisposable
{
    private static readonly StoredStage Train = StoredStage.Train;
    private static readonly RemoteLimits Limits = new() { Silence = TimeSpan.FromSeconds(0.5) };
    private readonly FakeServer _server = new();
    private readonly TestFolder _folder = new("store");
    private readonly List<Diagnostic> _told = [];
    private readonly StageFolder _giver = new();
    private readonly StageFolder _taker = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_clone_pushed_another_restores_with_nothing_local()
    {
        _giver.Run(Train, "a", "weights");
        await GiveAsync();
        Assert.Equal(4, _server.Files.Count);
        var key = _giver.KeyOf(Train);
        Assert.Equal(StoredStage.Train.Outputs.Order(StringComparer.Ordinal), ActionCodec.Read(_server.Files[$"/team/ac/{key}"]).Files.Select(file => file.Name));

        // Files that are there are not sent again.
        _server.Requests.Clear();
        await GiveAsync();
        Assert.Equal(["HEAD", "HEAD", "HEAD", "PUT"], _server.Requests.Select(request => request.Split(' ')[0]));

        _taker.Want(Train, "a");
        Assert.True(await TakeAsync());
        Assert.True(_taker.IsDone(Train, "a", "weights"));
        Assert.NotNull(new LocalStore(_folder.FullPath).Find(key));
        Assert.Empty(_told);

        // Now it is here, and the server is not asked.
        _server.Requests.Clear();
        _taker.Run(Train, "b", "others");
        _taker.Want(Train, "a");
        Assert.True(await TakeAsync());
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task A_read_only_build_takes_and_leaves_nothing()
    {
        _giver.Run(Train, "a", "weights");
        await GiveAsync();
        _server.Requests.Clear();
        using var store = new StageStore(new StoreSettings { Folder = _folder.FullPath, Remote = _server.Address, Limits = Limits, ReadOnly = true });
        _taker.Want(Train, "a");
        Assert.True(await _taker.RestoreAsync(store, Train, _told.Add, Cancellation));
        await store.KeepAsync(Train, _taker.FullPath, _told.Add, Cancellation);
        Assert.All(_server.Requests, request => Assert.StartsWith("GET ", request, StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.FullPath));
    }

    public static TheoryData<string> Lies => new(
        "dead", "silent", "drips", "500", "redirects for ever", "no entry", "huge entry", "endless entry", "other bytes", "cut off", "huge blob",
        "says huge", "endless blob", "drips a blob", "no HTTP", "long head", "a way up", "other files",
        "redirects to file:///etc/passwd", "redirects to http://127.0.0.1:99999/", "redirects to http://127.0.0.1:0/", "redirects to http://",
        "redirects to gopher://127.0.0.1/", "redirects to http://[::1", "redirects to http://user:secret@127.0.0.1:1/", "redirects to //", "no length", "two lengths", "no status", "bad encoding");

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Whatever_a_server_does_one_warning_is_all(string lie)
    {
        _giver.Run(Train, "a", "weights");
        await GiveAsync();
        var (entry, blob) = ($"/team/ac/{_giver.KeyOf(Train)}", _server.Files.Keys.First(path => path.Contains("/cas/", StringComparison.Ordinal)));
        if (lie == "dead")
        {
            await _server.DisposeAsync();
        }

        _server.Lie = (request, stream) => LieAsync(lie, request, stream, entry, blob);
        _taker.Run(Train, "b", "others");
        _taker.Want(Train, "a");
        using var store = new StageStore(Settings());
        Assert.False(await _taker.RestoreAsync(store, Train, _told.Add, Cancellation));
        Assert.True(_taker.IsDone(Train, "b", "others"));
        Assert.Empty(_taker.Leftovers);
        Assert.False(Directory.Exists(_folder["cas"]));

        // The stage runs, and the server is left alone from here on.
        var asked = _server.Requests.Count;
        _taker.Run(Train, "a", "weights");
        await store.KeepAsync(Train, _taker.FullPath, _told.Add, Cancellation);
        Assert.Equal(asked, _server.Requests.Count);
        Assert.NotNull(new LocalStore(_folder.FullPath).Find(_giver.KeyOf(Train)));
        var told = Assert.Single(_told);
        Assert.Equal("NDB4304", told.Code);
        Assert.DoesNotContain("secret", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_is_not_sent_over_the_network_without_encryption_and_the_build_does_without()
    {
        _giver.Run(Train, "a", "weights");
        using var store = new StageStore(Settings() with { Remote = new Uri("http://user:secret@cache.invalid/team?sig=secret") });
        await store.KeepAsync(Train, _giver.FullPath, _told.Add, Cancellation);
        _taker.Want(Train, "b");
        Assert.False(await _taker.RestoreAsync(store, Train, _told.Add, Cancellation));

        var told = Assert.Single(_told);
        Assert.Equal("NDB4304", told.Code);
        Assert.Contains("http://cache.invalid/team", told.Message, StringComparison.Ordinal);
        Assert.Contains("https", told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told.Message, StringComparison.Ordinal);
        Assert.NotNull(new LocalStore(_folder.FullPath).Find(_giver.KeyOf(Train)));
    }

    [Fact]
    public async Task A_server_that_forgot_a_file_is_given_it_again()
    {
        _giver.Run(Train, "a", "weights");
        await GiveAsync();
        _server.Files.TryRemove(_server.Files.Keys.First(path => path.Contains("/cas/", StringComparison.Ordinal)), out _);
        _taker.Want(Train, "a");
        Assert.False(await TakeAsync());
        await GiveAsync();
        Assert.True(await TakeAsync());
        Assert.Empty(_told);
    }

    [Fact]
    public async Task A_server_that_takes_nothing_is_told_once()
    {
        _server.Lie = async (request, stream) =>
        {
            if (!request.StartsWith("PUT", StringComparison.Ordinal))
            {
                return false;
            }

            await FakeServer.AnswerAsync(stream, "403 Forbidden");
            return true;
        };
        _giver.Run(Train, "a", "weights");
        _giver.Run(StoredStage.Export, "a", "model");
        using var store = new StageStore(Settings());
        await store.KeepAsync(Train, _giver.FullPath, _told.Add, Cancellation);
        await store.KeepAsync(StoredStage.Export, _giver.FullPath, _told.Add, Cancellation);
        Assert.Equal("NDB4304", Assert.Single(_told).Code);
        Assert.Contains("403", _told[0].Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _giver.Dispose();
        _taker.Dispose();
        _folder.Dispose();
    }

    private static async Task<bool> LieAsync(string lie, string request, Stream stream, string entry, string blob)
    {
        if (request == $"GET {entry}")
        {
            switch (lie)
            {
                case "silent":
                    await Task.Delay(TimeSpan.FromSeconds(20), Cancellation);
                    return true;
                case "drips":
                    await DripAsync(stream, "HTTP/1.1 200 OK\r\n"u8.ToArray());
                    return true;
                case "500":
                    await FakeServer.AnswerAsync(stream, "500 Internal Server Error", "sorry"u8.ToArray());
                    return true;
                case "redirects for ever":
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 302 Found\r\nLocation: {entry}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
                    return true;
                case var _ when lie.StartsWith("redirects to ", StringComparison.Ordinal):
                    await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 302 Found\r\nLocation: {lie["redirects to ".Length..]}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
                    return true;
                case "no length":
                    await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: -1\r\nConnection: close\r\n\r\nabc"u8.ToArray());
                    return true;
                case "two lengths":
                    await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\nabc"u8.ToArray());
                    return true;
                case "no status":
                    await stream.WriteAsync("HTTP/1.1 999999 OK\r\n\r\n"u8.ToArray());
                    return true;
                case "bad encoding":
                    await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Encoding: \u00FF\r\nContent-Type: ;;;\r\nConnection: close\r\n\r\nabc"u8.ToArray());
                    return true;
                case "no entry":
                    await FakeServer.AnswerAsync(stream, "200 OK", "<html>Please log in</html>"u8.ToArray());
                    return true;
                case "huge entry":
                    await FakeServer.AnswerAsync(stream, "200 OK", new byte[ActionCodec.MostBytes + 1]);
                    return true;
                case "endless entry":
                    await PourAsync(stream);
                    return true;
                case "no HTTP":
                    await stream.WriteAsync("SSH-2.0-OpenSSH_9.6\r\n"u8.ToArray());
                    return true;
                case "long head":
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nX: {new string('x', 1 << 20)}\r\n\r\n"));
                    return true;
                case "a way up":
                    await FakeServer.AnswerAsync(stream, "200 OK", ActionCodec.Write(Action("../../train/model.safetensors")));
                    return true;
                case "other files":
                    await FakeServer.AnswerAsync(stream, "200 OK", ActionCodec.Write(Action("train/plan.json")));
                    return true;
            }
        }

        if (request == $"GET {blob}")
        {
            switch (lie)
            {
                case "other bytes":
                    await FakeServer.AnswerAsync(stream, "200 OK", "weights train/nothing.json"u8.ToArray());
                    return true;
                case "cut off":
                    await FakeServer.AnswerAsync(stream, "200 OK", "weig"u8.ToArray(), 25);
                    return true;
                case "huge blob":
                    await FakeServer.AnswerAsync(stream, "200 OK", new byte[1 << 20]);
                    return true;
                case "says huge":
                    await FakeServer.AnswerAsync(stream, "200 OK", "weights"u8.ToArray(), long.MaxValue);
                    return true;
                case "endless blob":
                    await PourAsync(stream);
                    return true;
                case "drips a blob":
                    await FakeServer.AnswerAsync(stream, "200 OK", default, 25);
                    await DripAsync(stream, "weights train/metrics.csv"u8.ToArray());
                    return true;
            }
        }

        return false;
    }

    private static StoredAction Action(string name) => new([new StoredFile(name, new BlobDigest(new string('a', 64), 3))], null);

    /// <summary>One byte after the other, each in time and all of them far too late.</summary>
    private static async Task DripAsync(Stream stream, byte[] bytes)
    {
        foreach (var value in bytes)
        {
            stream.WriteByte(value);
            await Task.Delay(300, Cancellation);
        }
    }

    private static async Task PourAsync(Stream stream)
    {
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8.ToArray());
        for (var piece = new byte[1 << 16]; ;)
        {
            await stream.WriteAsync(piece);
        }
    }

    private StoreSettings Settings() => new() { Folder = _folder.FullPath, Remote = _server.Address, Limits = Limits };

    private async Task GiveAsync()
    {
        using var store = new StageStore(Settings() with { Folder = null, Limits = new RemoteLimits() });
        await store.KeepAsync(Train, _giver.FullPath, _told.Add, Cancellation);
    }

    private async Task<bool> TakeAsync()
    {
        using var store = new StageStore(Settings());
        return await _taker.RestoreAsync(store, Train, _told.Add, Cancellation);
    }
}
