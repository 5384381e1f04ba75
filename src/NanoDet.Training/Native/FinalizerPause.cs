using System.Runtime.CompilerServices;

namespace NanoDet.Training.Native;

/// <summary>
/// Holds all finalizers back while libtorch computes. TorchSharp hands the bare pointer of a <see cref="TorchSharp.Scalar"/> to
/// native code and keeps nothing alive meanwhile, so a collection during a long operation lets the finalizer free a number that
/// is still being read: rarely a crash, at worst a wrong number. Every <c>tensor * 0.5</c> has such a scalar. There is one
/// finalizer thread; an object whose finalizer waits stops it for as long as this lives.
/// </summary>
/// <remarks>What became garbage meanwhile is finalized afterwards, so a pause should last a step and not a training.</remarks>
public sealed class FinalizerPause : IDisposable
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(10);
    private static readonly Lock Gate = new();
    private static int _count;
    private static ManualResetEventSlim? _leave;

    private bool _isDisposed;

    /// <summary>Returns when no finalizer runs. Pauses may lie in each other and overlap between threads.</summary>
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
                    // The blocker was just made, so the youngest generation holds it.
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

    // A method of its own, so that no local variable keeps the blocker alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Drop(ManualResetEventSlim entered, ManualResetEventSlim leave) => _ = new Blocker(entered, leave);

    private sealed class Blocker(ManualResetEventSlim entered, ManualResetEventSlim leave)
    {
        ~Blocker()
        {
            entered.Set();

            // Not for ever: where TorchSharp gets no memory for new numbers, it waits for finalizers before it says so.
            leave.Wait(LongestStep);
        }
    }
}
