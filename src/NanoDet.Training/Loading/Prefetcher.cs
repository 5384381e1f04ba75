using System.Threading.Channels;

namespace NanoDet.Training.Loading;

/// <summary>
/// Prepares a few batches ahead on its own thread while the network computes, from any position of a training to its
/// end. The batches depend only on the plan, not on timing.
/// </summary>
public sealed class Prefetcher : IDisposable
{
    private const int Ahead = 2;

    private readonly Channel<TrainingBatch> _ready = Channel.CreateBounded<TrainingBatch>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _end = new();
    private readonly Thread _thread;

    /// <summary>Starts preparing.</summary>
    /// <param name="plan">The images of every step.</param>
    /// <param name="assembler">Makes the batches.</param>
    /// <param name="start">The first step.</param>
    /// <param name="epochs">The number of epochs of the training.</param>
    public Prefetcher(BatchPlan plan, BatchAssembler assembler, TrainingPosition start, int epochs)
    {
        _thread = new Thread(() => Prepare(plan, assembler, start, epochs)) { IsBackground = true, Name = "Prefetcher" };
        _thread.Start();
    }

    /// <summary>Returns the next batch; null after the last. Rethrows exceptions from its preparation.</summary>
    public TrainingBatch? Next()
    {
        while (_ready.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            if (_ready.Reader.TryRead(out var batch))
            {
                return batch;
            }
        }

        return null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _end.Cancel();
        _thread.Join();
        while (_ready.Reader.TryRead(out var batch))
        {
            batch.Dispose();
        }

        _end.Dispose();
    }

    private void Prepare(BatchPlan plan, BatchAssembler assembler, TrainingPosition start, int epochs)
    {
        try
        {
            for (var epoch = start.Epoch; epoch < epochs; epoch++)
            {
                var steps = plan.Epoch(epoch);
                for (var step = epoch == start.Epoch ? start.StepInEpoch : 0; step < steps.Count; step++)
                {
                    Put(assembler.Assemble(new TrainingPosition(epoch, step), steps[step]));
                }
            }

            _ready.Writer.Complete();
        }
        catch (OperationCanceledException)
        {
            _ready.Writer.Complete();
        }
#pragma warning disable CA1031 // Any exception is rethrown where the batch is requested.
        catch (Exception exception)
        {
            _ready.Writer.Complete(exception);
        }
#pragma warning restore CA1031
    }

    private void Put(TrainingBatch batch)
    {
        try
        {
            _ready.Writer.WriteAsync(batch, _end.Token).AsTask().GetAwaiter().GetResult();
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }
}
