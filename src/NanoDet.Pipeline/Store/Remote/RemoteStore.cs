using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using NanoDet.Core.Files;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Store.Protocol;

namespace NanoDet.Pipeline.Store.Remote;

/// <summary>
/// A store on a server with Bazel's remote-cache protocol over HTTP: GET, HEAD and PUT of <c>ac/KEY</c> and
/// <c>cas/SHA256</c>. The server is not trusted: time and size of its answers are limited, and their content is checked.
/// </summary>
internal sealed class RemoteStore : IResultStore, IDisposable
{
    /// <summary>The environment variable with a value for the header <c>Authorization</c>: properties end up in logs.</summary>
    public const string AuthorizationVariable = "NANODET_STORE_AUTHORIZATION";

    private readonly RemoteLimits _limits;
    private readonly HttpClient _client;
    private readonly bool _isRefused;

    /// <summary>Prepares a connection, but sends nothing yet.</summary>
    /// <param name="address">Its address; a user and password in it are sent only where nobody can read them on the way, and are never shown.</param>
    /// <param name="limits">The time limits.</param>
    public RemoteStore(Uri address, RemoteLimits limits)
    {
        _limits = limits;
        Address = WebAddress.Shown(address).TrimEnd('/');
        _client = new HttpClient(new SocketsHttpHandler
        {
            ConnectTimeout = limits.Silence,
            MaxAutomaticRedirections = 5,
            UseCookies = false,
            // Each build has its own client; the environment sets a proxy, as usual in .NET.
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        })
        {
            BaseAddress = new Uri(Address + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _client.DefaultRequestHeaders.Authorization = WebAddress.Authorization(address, AuthorizationVariable);
        _isRefused = _client.DefaultRequestHeaders.Authorization is not null && !WebAddress.IsPrivate(address);
    }

    /// <summary>The address as it may be shown.</summary>
    public string Address { get; }

    /// <inheritdoc />
    public async Task<StoredAction?> FindAsync(string key, CancellationToken cancellation)
    {
        using var patience = new Patience(_limits, ActionCodec.MostBytes, cancellation);
        using var response = await SendAsync(HttpMethod.Get, $"ac/{key}", null, patience).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        Expect(response, HttpStatusCode.OK);
        using var content = new MemoryStream();
        await ReadAsync(response, patience, piece =>
        {
            if (content.Length + piece.Length > ActionCodec.MostBytes)
            {
                throw new DamagedEntryException("it is too large");
            }

            content.Write(piece.Span);
        }).ConfigureAwait(false);
        return ActionCodec.Read(content.GetBuffer().AsSpan(0, (int)content.Length));
    }

    /// <inheritdoc />
    public async Task CopyAsync(BlobDigest blob, Stream target, CancellationToken cancellation)
    {
        using var patience = new Patience(_limits, blob.Size, cancellation);
        using var response = await SendAsync(HttpMethod.Get, $"cas/{blob.Hash}", null, patience).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            throw new IncompleteEntryException(blob);
        }

        Expect(response, HttpStatusCode.OK);
        using var verifier = new BlobVerifier(blob);
        await ReadAsync(response, patience, piece =>
        {
            verifier.Add(piece.Span);
            target.Write(piece.Span);
        }).ConfigureAwait(false);
        verifier.Finish();
    }

    /// <inheritdoc />
    public async Task PutAsync(string key, StoredAction action, string folder, CancellationToken cancellation)
    {
        foreach (var file in action.Files)
        {
            await PutAsync(file.Digest, ProjectPath.Full(folder, file.Name), cancellation).ConfigureAwait(false);
        }

        // Even if the server has an entry: the server may have removed the files of that entry.
        using var entry = new MemoryStream(ActionCodec.Write(action));
        await PutAsync($"ac/{key}", entry, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private async Task PutAsync(BlobDigest blob, string path, CancellationToken cancellation)
    {
        // The same open file is first hashed and then sent, so a replacement in the meantime has no effect.
        using var source = RegularFile.OpenRead(path);
        BlobVerifier.Copy(source, Stream.Null, blob);
        using (var patience = new Patience(_limits, 0, cancellation))
        {
            using var there = await SendAsync(HttpMethod.Head, $"cas/{blob.Hash}", null, patience).ConfigureAwait(false);
            if (there.StatusCode == HttpStatusCode.OK)
            {
                return;
            }
        }

        source.Position = 0;
        await PutAsync($"cas/{blob.Hash}", source, cancellation).ConfigureAwait(false);
    }

    private async Task PutAsync(string name, Stream source, CancellationToken cancellation)
    {
        using var patience = new Patience(_limits, source.Length, cancellation);
        using var content = new StreamContent(source);
        content.Headers.ContentLength = source.Length;
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var response = await SendAsync(HttpMethod.Put, name, content, patience).ConfigureAwait(false);
        Expect(response, HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.Accepted, HttpStatusCode.NoContent);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string name, HttpContent? content, Patience patience)
    {
        if (_isRefused)
        {
            throw new IOException("a password is sent with https, or to this machine, and not over a network that can read it");
        }

        using var request = new HttpRequestMessage(method, name) { Content = content };
        return await patience.WaitAsync(
            async token => await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token).ConfigureAwait(false),
            @long: content is not null).ConfigureAwait(false);
    }

    private static async Task ReadAsync(HttpResponseMessage response, Patience patience, Action<ReadOnlyMemory<byte>> take)
    {
        var piece = new byte[1 << 16];
        await using var stream = await patience.WaitAsync(async token => await response.Content.ReadAsStreamAsync(token).ConfigureAwait(false)).ConfigureAwait(false);
        while (await patience.WaitAsync(token => stream.ReadAsync(piece, token)).ConfigureAwait(false) is > 0 and var read)
        {
            take(piece.AsMemory(0, read));
        }
    }

    private static void Expect(HttpResponseMessage response, params ReadOnlySpan<HttpStatusCode> expected)
    {
        if (!expected.Contains(response.StatusCode))
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"it answers {response.RequestMessage!.Method} with status {(int)response.StatusCode}"));
        }
    }
}
