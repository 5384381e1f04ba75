using System.Net;

namespace NanoDet.Testing;

/// <summary>A web server in this process that answers every request with the same bytes.</summary>
public sealed class FileServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private int _requests;

    /// <summary>Starts the server.</summary>
    /// <param name="content">What it sends.</param>
    /// <param name="status">Its status code.</param>
    /// <param name="announced">The length that it announces; null: that of the content. Where it is more, the connection breaks.</param>
    /// <param name="location">Where else it says the file is, in the header <c>Location</c>; null for none.</param>
    public FileServer(byte[] content, int status = 200, long? announced = null, string? location = null)
    {
        Address = new Uri($"http://localhost:{FreePort()}/weights.pth");
        _listener.Prefixes.Add(Address.GetLeftPart(UriPartial.Authority) + "/");
        _listener.Start();
        _ = ServeAsync(content, status, announced ?? content.Length, location);
    }

    /// <summary>Where the file is.</summary>
    public Uri Address { get; }

    /// <summary>How often it was asked.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>What it was asked last: path and query, and the header <c>Authorization</c>.</summary>
    public (string Path, string? Authorization) LastRequest { get; private set; }

    /// <inheritdoc />
    public void Dispose() => _listener.Close();

    private async Task ServeAsync(byte[] content, int status, long length, string? location)
    {
        try
        {
            while (await _listener.GetContextAsync() is { Response: var response, Request: var request })
            {
                LastRequest = (request.RawUrl ?? "", request.Headers["Authorization"]);
                Interlocked.Increment(ref _requests);
                response.StatusCode = status;
                response.ContentLength64 = length;
                if (location is not null)
                {
                    response.Headers["Location"] = location;
                }

                await response.OutputStream.WriteAsync(content);
                if (length == content.Length)
                {
                    response.Close();
                }
                else
                {
                    response.Abort();
                }
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The server was closed.
        }
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
