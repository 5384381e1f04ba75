using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NanoDet.Pipeline.Tests.Store;

/// <summary>
/// A server on this machine that keeps what it is given and gives it back, and lies where it is told to. It writes raw bytes, so
/// that it can say what no decent server would.
/// </summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    /// <summary>Starts it.</summary>
    public FakeServer()
    {
        _listener.Start();
        _work = Task.Run(AcceptAsync);
    }

    /// <summary>Its address.</summary>
    public Uri Address => new($"http://user:secret@127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/team/");

    /// <summary>What it was given, by path.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = new();

    /// <summary>What it was asked, such as <c>GET /team/ac/…</c>.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Answers a request instead of the server; gives false to leave it to the server.</summary>
    public Func<string, Stream, Task<bool>> Lie { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Writes an answer.</summary>
    public static async Task AnswerAsync(Stream stream, string status, ReadOnlyMemory<byte> body = default, long? length = null)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {length ?? body.Length}\r\nConnection: close\r\n\r\n"));
        await stream.WriteAsync(body);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await _stop.CancelAsync();
            _listener.Dispose();
            await _work;
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var head = await ReadHeadAsync(stream);
                var words = head.Split(' ');
                Requests.Enqueue($"{words[0]} {words[1]}");
                var body = await ReadBodyAsync(stream, head);
                if (await Lie($"{words[0]} {words[1]}", stream))
                {
                    return;
                }

                var known = Files.TryGetValue(words[1], out var content);
                if (words[0] == "PUT")
                {
                    Files[words[1]] = body;
                }

                await AnswerAsync(stream, known || words[0] == "PUT" ? "200 OK" : "404 Not Found", words[0] == "GET" && known ? content : default);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException)
            {
                // The other side has hung up.
            }
        }
    }

    private static async Task<string> ReadHeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    private static async Task<byte[]> ReadBodyAsync(Stream stream, string head)
    {
        var line = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        var body = new byte[line is null ? 0 : int.Parse(line.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body);
        return body;
    }
}
