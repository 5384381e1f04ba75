using System.Threading.Channels;

namespace NanoDet.Training.Loading;

/// <summary>
/// Prepares batches on other threads while the network computes. They come in the order of their steps, and what is in them does
/// not depend on the threads.
/// </summary>
public sealed class Prefetcher : IDisposable
{
    private readonly Channel<Task<TrainingBatch>> _begun = Channel.CreateUnbounded<Task<TrainingBatch>>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly SemaphoreSlim _free;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _begins;

    /// <summary>Starts preparing.</summary>
    /// <param name="steps">The steps, in order.</param>
    /// <param name="assembler">Makes the batches.</param>
    /// <param name="ahead">How many batches may be ready or being prepared, each on its own thread.</param>
    public Prefetcher(IEnumerable<BatchStep> steps, BatchAssembler assembler, int ahead)
    {
        _free = new SemaphoreSlim(ahead);
        _begins = Task.Run(() => BeginAsync(steps, assembler));
    }

    /// <summary>Returns the next batch; null after the last. Rethrows exceptions from its preparation.</summary>
    public TrainingBatch? Next()
    {
        while (_begun.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            if (_begun.Reader.TryRead(out var batch))
            {
                _free.Release();
                return batch.GetAwaiter().GetResult();
            }
        }

        return null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _end.Cancel();
        _begins.Wait();
        while (_begun.Reader.TryRead(out var batch))
        {
            // What went wrong with a batch that nobody wants any more is nobody's concern.
            Task.WhenAny(batch).Wait();
            if (batch.IsCompletedSuccessfully)
            {
                batch.Result.Dispose();
            }
        }

        _end.Dispose();
        _free.Dispose();
    }

    private async Task BeginAsync(IEnumerable<BatchStep> steps, BatchAssembler assembler)
    {
        try
        {
            foreach (var step in steps)
            {
                await _free.WaitAsync(_end.Token).ConfigureAwait(false);
                _ = _begun.Writer.TryWrite(Task.Run(() => assembler.Assemble(step)));
            }

            _begun.Writer.Complete();
        }
        catch (OperationCanceledException)
        {
            _begun.Writer.Complete();
        }
#pragma warning disable CA1031 // Any exception is rethrown where the batch is requested.
        catch (Exception exception)
        {
            _begun.Writer.Complete(exception);
        }
#pragma warning restore CA1031
    }
}
