using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Globalization;
using NanoDet.Data.Datasets;
using NanoDet.Testing;
using NanoDet.Training.Loop;
using NanoDet.Training.Native;

namespace NanoDet.Benchmarks;

/// <summary>
/// What a training allocates outside of libtorch once it runs: bytes of each epoch, and how many of them are large objects, which
/// only the most expensive collections free. The first epochs fill caches and do not count.
/// </summary>
internal static class TrainAllocationsBenchmark
{
    private const int Images = 64;
    private const int Epochs = 5;
    private const int WarmEpochs = 2;

    public static int Run()
    {
        AllocatorTuning.Apply();
        ThreadWaiting.Apply();
        var folder = SharedData.Path("datasets/bccd");
        var dataset = ReferenceDataset.Bccd(folder);
        var configuration = ReferenceDataset.BccdConfiguration(dataset);
        using var output = new TestFolder();
        using var large = new LargeObjects();
        var (before, epochs) = (0L, 0);
        var run = new TrainingRun
        {
            Configuration = configuration with
            {
                Schedule = configuration.Schedule with { TotalEpochs = Epochs, ValidationInterval = Epochs, LoadModel = null },
            },
            Dataset = dataset with { Images = [.. dataset.Of(DatasetPart.Train).Take(Images), .. dataset.Of(DatasetPart.Validation).Take(1)] },
            ImageFolder = folder,
            OutputFolder = output["training"],
            Threads = Environment.ProcessorCount,
            CheckpointSpacing = 1_000_000, // The steps alone: after the first epoch, none is written.
        };
        new Trainer(run, line =>
        {
            if (line.StartsWith("epoch ", StringComparison.Ordinal))
            {
                var allocated = GC.GetTotalAllocatedBytes();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line[..9]} {(allocated - before) / 1e6 / (Images / 16):F2} MB a step, of it large objects {large.Take() / 1e6 / (Images / 16):F2} MB; full collections so far {GC.CollectionCount(2)}"));
                before = allocated;
                if (++epochs == WarmEpochs)
                {
                    large.Forget();
                }
            }
        }, Console.WriteLine).Train(CancellationToken.None);
        large.Print();
        return 0;
    }

    /// <summary>Listens to the runtime, which reports the allocation of each large object.</summary>
    private sealed class LargeObjects : EventListener
    {
        private const int Collection = 0x1; // keyword
        private const int LargeKind = 1;

        private readonly ConcurrentDictionary<string, long> _byType = new(StringComparer.Ordinal);
        private long _bytes;

        public long Take() => Interlocked.Exchange(ref _bytes, 0);

        public void Forget() => _byType.Clear();

        public void Print()
        {
            foreach (var (type, bytes) in _byType.OrderByDescending(entry => entry.Value))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"large objects after the warm epochs: {bytes / 1e6:F1} MB of {type}"));
            }
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
            {
                EnableEvents(eventSource, EventLevel.Verbose, (EventKeywords)Collection);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventName?.StartsWith("GCAllocationTick", StringComparison.Ordinal) == true && Convert.ToInt32(eventData.Payload![1], CultureInfo.InvariantCulture) == LargeKind)
            {
                var bytes = Convert.ToInt64(eventData.Payload[3], CultureInfo.InvariantCulture);
                Interlocked.Add(ref _bytes, bytes);
                _byType.AddOrUpdate((string)eventData.Payload[5]!, bytes, (_, sum) => sum + bytes);
            }
        }
    }
}
