using System.Runtime.CompilerServices;
using NanoDet.Training.Native;
using TorchSharp;

namespace NanoDet.Training.Tests.Native;

/// <summary>Alone, because what is shown here is what would happen to the numbers of other tests meanwhile.</summary>
[Collection(nameof(FinalizerPauseTests))]
[CollectionDefinition(nameof(FinalizerPauseTests), DisableParallelization = true)]
public sealed class FinalizerPauseTests
{
    [Fact]
    public void No_finalizer_runs_in_a_pause_and_all_do_afterwards()
    {
        using var finalized = new ManualResetEventSlim();
        using (new FinalizerPause())
        {
            using (new FinalizerPause())
            {
                Drop(finalized);
            }

            GC.Collect();
            GC.Collect();
            Assert.False(finalized.Wait(200, TestContext.Current.CancellationToken));
        }

        Assert.True(finalized.Wait(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
    }

    /// <summary>Without the pause, libtorch meets a freed number within seconds here.</summary>
    [Fact]
    public void Numbers_that_libtorch_reads_survive_collections_in_a_pause()
    {
        LibTorch.Load();
        using var done = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        var disturbers = new[] { Start(() => GC.Collect(0)), Start(() => GC.KeepAlive((TorchSharp.Scalar)7)) };
        using var zeros = torch.zeros(4);
        while (!done.IsCancellationRequested)
        {
            using var pause = new FinalizerPause();
            for (var i = 0; i < 1000; i++)
            {
                using var sum = zeros.add(1.5);
                Assert.Equal(1.5f, sum.data<float>()[0]);
            }
        }

        Array.ForEach(disturbers, thread => thread.Join());

        Thread Start(Action disturb)
        {
            var thread = new Thread(() =>
            {
                while (!done.IsCancellationRequested)
                {
                    disturb();
                }
            });
            thread.Start();
            return thread;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Drop(ManualResetEventSlim finalized) => _ = new Finalizable(finalized);

    private sealed class Finalizable(ManualResetEventSlim finalized)
    {
        ~Finalizable() => finalized.Set();
    }
}
