using System.Runtime.CompilerServices;

namespace NanoDet.Training.Native;

/// <summary>
/// Blocks all finalizers while libtorch computes. TorchSharp passes the raw pointer of a <see cref="TorchSharp.Scalar"/> to
/// native code without keeping the object alive, so a garbage collection during a long operation can free a number that
/// is still being read. This rarely crashes, and at worst gives a wrong number. Every <c>tensor * 0.5</c> has such a scalar. There is one
/// finalizer thread; an object whose finalizer waits blocks it as long as this object lives.
/// </summary>
/// <remarks>Objects that become garbage in the meantime are finalized afterwards, so a pause should last for a step, not for a whole training.</remarks>
public sealed class FinalizerPause : IDisposable
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(10);
    private static readonly Lock Gate = new();
    private static int _count;
    private static ManualResetEventSlim? _leave;

    private bool _isDisposed;

    /// <summary>Returns when no finalizer is running. Pauses can be nested and can overlap between threads.</summary>
    public FinalizerPause()
    {
        lock (Gate)
        {
            if (_count++ == 0)
            {
                var (entered, leave) = (new ManualResetEventSlim(), new ManualResetEventSlim());
                Drop(entered, leave);
                do
                {
                    // The blocker was just made, so it is in the youngest generation.
                    GC.Collect(0, GCCollectionMode.Forced, blocking: true);
                }
                while (!entered.Wait(TimeSpan.FromMilliseconds(50)));
                _leave = leave;
            }
        }
    }

    /// <summary>Lets finalizers run again.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            if (!_isDisposed && --_count == 0)
            {
                _leave!.Set();
            }

            _isDisposed = true;
        }
    }

    // A separate method, so that no local variable keeps the blocker alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Drop(ManualResetEventSlim entered, ManualResetEventSlim leave) => _ = new Blocker(entered, leave);

    private sealed class Blocker(ManualResetEventSlim entered, ManualResetEventSlim leave)
    {
        ~Blocker()
        {
            entered.Set();

            // With a time limit: if TorchSharp cannot allocate memory for new numbers, it waits for finalizers before it fails.
            leave.Wait(LongestStep);
        }
    }
}
