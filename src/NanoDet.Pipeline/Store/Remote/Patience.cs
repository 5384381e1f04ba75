using System.Diagnostics;
using NanoDet.Pipeline.Diagnostics;

namespace NanoDet.Pipeline.Store.Remote;

/// <summary>Ends a transfer if the server is silent for too long, or too slow overall.</summary>
internal sealed class Patience : IDisposable
{
    private readonly RemoteLimits _limits;
    private readonly CancellationToken _user;
    private readonly CancellationTokenSource _source;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TimeSpan _longest;

    /// <summary>Starts the clock.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="bytes">The number of bytes to transfer.</param>
    /// <param name="user">Stops the transfer at once.</param>
    public Patience(RemoteLimits limits, long bytes, CancellationToken user)
    {
        _limits = limits;
        _user = user;
        _longest = limits.For(bytes);
        _source = CancellationTokenSource.CreateLinkedTokenSource(user);
    }

    /// <summary>Waits for the server.</summary>
    /// <param name="wait">The operation to wait for.</param>
    /// <param name="long">Whether the operation may take as long as the whole transfer, as sending does.</param>
    /// <exception cref="IOException">It took too long, or the connection failed.</exception>
    public async ValueTask<T> WaitAsync<T>(Func<CancellationToken, ValueTask<T>> wait, bool @long = false)
    {
        var left = _longest - Stopwatch.GetElapsedTime(_started);
        _source.CancelAfter(left <= TimeSpan.Zero ? TimeSpan.Zero : @long || left < _limits.Silence ? left : _limits.Silence);
        try
        {
            return await wait(_source.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!_user.IsCancellationRequested)
        {
            throw new IOException("it does not answer, or answers too slowly", exception);
        }
        catch (Exception exception) when (WebAddress.IsFault(exception))
        {
            throw new IOException(exception.Message, exception);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _source.Dispose();
}
