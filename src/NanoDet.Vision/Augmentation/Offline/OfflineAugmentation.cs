using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Parallelism;

namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>
/// Writes augmented copies of images with their labels into a folder and keeps the folder up to date: copies of new and
/// changed images are made, others are kept, and copies of removed images are deleted. A copy depends only on
/// (seed, hash of the image, copy index), never on order, thread or earlier runs. Files are written atomically; the next run
/// finishes a run that was stopped.
/// </summary>
public static class OfflineAugmentation
{
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(10);

    /// <summary>Brings the folder up to date.</summary>
    /// <param name="sources">The images of the training part.</param>
    /// <param name="outputFolder">The folder, which only this class writes into.</param>
    /// <param name="options">The options.</param>
    /// <param name="progress">Called after every image, from any thread.</param>
    /// <param name="cancellation">Stops after the current copies; finished copies are recorded.</param>
    /// <exception cref="NanoDetException">The recipe is not valid, or the names of two images clash (NDB2102, NDB2103, NDB2107).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static OfflineAugmentationResult Run(
        IReadOnlyCollection<SourcePicture> sources,
        string outputFolder,
        OfflineAugmentationOptions options,
        IProgress<OfflineAugmentationProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        options.Recipe.Validate();
        ImmutableArray<SourcePicture> ordered = [.. sources.OrderBy(source => source.Path, StringComparer.Ordinal)];
        RefuseClashes(ordered);
        Directory.CreateDirectory(outputFolder);
        RemoveUnfinished(outputFolder);
        var run = new OfflineRun(outputFolder, options, AugmentationRecord.Open(outputFolder));
        var removed = run.RemoveAllBut(ordered.Select(source => source.Path));
        var refused = new ConcurrentDictionary<string, Diagnostic>(StringComparer.Ordinal);
        var outdated = run.Plan(ordered);
        var done = ordered.Length - outdated.Length;
        var lastSave = Stopwatch.GetTimestamp();
        var saving = new Lock();
        try
        {
            // One image at a time instead of ranges, so that no thread has many left at the end.
            var next = -1;
            var limits = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
            ParallelLoop.Run(options.Threads, limits, (_, state) =>
            {
                using var maker = new CopyMaker(options);
                while (!state.ShouldExitCurrentIteration && Interlocked.Increment(ref next) is var index && index < outdated.Length)
                {
                    Update(outdated[index], maker);
                }
            });
        }
        finally
        {
            run.Save();
        }

        using var describing = new CopyMaker(options);
        ImmutableArray<AugmentedCopy> copies =
        [
            .. ordered.Where(source => !refused.ContainsKey(source.Path))
                .SelectMany(source => Describe(source, describing, run.HashesOf(source.Path))),
        ];
        var written = (outdated.Length - refused.Count) * options.Recipe.Copies;
        return new(copies, written, copies.Length - written, removed + run.Replaced, [.. refused.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)]);

        IEnumerable<AugmentedCopy> Describe(SourcePicture source, CopyMaker maker, IReadOnlyDictionary<string, string> hashes)
            => Enumerable.Range(1, options.Recipe.Copies).Select(index => maker.Describe(source, index)).Select(copy => copy with { ContentHash = hashes[copy.ImagePath] });

        void Update(SourcePicture source, CopyMaker maker)
        {
            try
            {
                run.Update(source, maker, cancellation);
            }
            catch (NanoDetException exception)
            {
                refused[source.Path] = exception.Diagnostic;
            }

            progress?.Report(new(Interlocked.Increment(ref done), ordered.Length));
            if (saving.TryEnter())
            {
                SaveSometimes();
                saving.Exit();
            }
        }

        void SaveSometimes()
        {
            if (Stopwatch.GetElapsedTime(lastSave) > SaveInterval)
            {
                run.Save();
                lastSave = Stopwatch.GetTimestamp();
            }
        }
    }

    private static void RefuseClashes(ImmutableArray<SourcePicture> sources)
    {
        // Case is ignored, because some file systems ignore it.
        var stems = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var source in sources)
        {
            if (!stems.TryAdd(CopyName.Stem(source.Path), source.Path))
            {
                throw new NanoDetException(AugmentationDiagnostics.NameClash(stems[CopyName.Stem(source.Path)], source.Path));
            }
        }
    }

    /// <summary>Deletes the temporary files of a killed run.</summary>
    private static void RemoveUnfinished(string outputFolder)
    {
        foreach (var file in Directory.EnumerateFiles(outputFolder, "*.tmp", SearchOption.AllDirectories).Where(AtomicFile.IsUnfinished))
        {
            File.Delete(file);
        }
    }
}
