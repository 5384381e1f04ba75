using System.Net;
using System.Net.Sockets;

namespace NanoDet.Fuzzing.Readers;

/// <summary>Answers whatever it is asked with bytes as they are, and hangs up.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _work;
    private volatile byte[] _answer = [];

    /// <summary>Starts it.</summary>
    public RawServer()
    {
        _listener.Start();
        _work = Task.Run(ServeAsync);
    }

    /// <summary>Its address.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/store");

    /// <summary>What it answers from now on.</summary>
    public byte[] Answer { set => _answer = value; }

    /// <inheritdoc />
    public void Dispose()
    {
        _listener.Dispose();
        _work.GetAwaiter().GetResult();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                try
                {
                    var stream = client.GetStream();
                    var asked = new byte[1 << 14];
                    _ = await stream.ReadAsync(asked);
                    await stream.WriteAsync(_answer);
                    client.Client.Shutdown(SocketShutdown.Send);
                    // Until the other side has read it all: closing sooner would reset the connection.
                    while (await stream.ReadAsync(asked) > 0)
                    {
                    }
                }
                catch (Exception exception) when (exception is IOException or SocketException)
                {
                    // The other side has hung up first.
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The end.
        }
    }
}
