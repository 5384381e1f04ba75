using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Labels.Voc;
using NanoDet.Imaging;

namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>The files of one run: it writes, keeps and deletes files in the output folder.</summary>
internal sealed class OfflineRun(string outputFolder, OfflineAugmentationOptions options, AugmentationRecord record)
{
    private const string UnfinishedKey = "";

    private readonly MemoryGate _memory = new(options.MaxBytes);
    private int _replaced;

    /// <summary>The number of deleted files of earlier copies that no current copy replaces.</summary>
    public int Replaced => _replaced;

    /// <summary>
    /// Finds the images whose copies are missing, and records the names of all files that may be written or deleted before it changes
    /// the first one, so that the next run knows all files of a killed run.
    /// </summary>
    public ImmutableArray<SourcePicture> Plan(ImmutableArray<SourcePicture> sources)
    {
        ImmutableArray<SourcePicture> outdated =
            [.. sources.Where(source => !record.IsCurrent(source.Path, AugmentationRecord.KeyOf(source, options), outputFolder))];
        foreach (var source in outdated)
        {
            record.Add(source.Path, UnfinishedKey, [.. record.Remove(source.Path).Union(Names(source)).Select(path => new CopyFile(path, 0, ""))]);
        }

        record.Save();
        return outdated;
    }

    /// <summary>Makes the copies of an image.</summary>
    /// <exception cref="NanoDetException">NDB1200 to NDB1204, NDB1206; the image then has no copies.</exception>
    public void Update(SourcePicture source, CopyMaker maker, CancellationToken cancellation)
    {
        // The image, the two buffers of the passes and the buffer of the encoder.
        var memory = _memory.Enter(4L * source.Width * source.Height * PixelImage.BytesPerPixel);
        try
        {
            var files = Write(source, maker, cancellation);
            Delete(record.Remove(source.Path).Except(Names(source)), ref _replaced);
            record.Add(source.Path, AugmentationRecord.KeyOf(source, options), files);
        }
        catch (NanoDetException)
        {
            // The copies of a changed image must be deleted.
            Delete(record.Remove(source.Path), ref _replaced);
            throw;
        }
        finally
        {
            // Each thread keeps its buffers for the next image.
            if (memory > options.MaxBytes / options.Threads)
            {
                maker.Forget();
            }

            _memory.Leave(memory);
        }
    }

    /// <summary>Deletes the copies of images that were removed.</summary>
    /// <returns>The number of deleted files.</returns>
    public int RemoveAllBut(IEnumerable<string> sources)
    {
        var removed = 0;
        foreach (var gone in record.Sources.Except(sources))
        {
            Delete(record.Remove(gone), ref removed);
        }

        return removed;
    }

    /// <summary>Returns the content hashes of an image's copies by their paths.</summary>
    public IReadOnlyDictionary<string, string> HashesOf(string source) => record.HashesOf(source);

    /// <summary>Writes the record.</summary>
    public void Save() => record.Save();

    private IEnumerable<string> Names(SourcePicture source)
        => Enumerable.Range(1, options.Recipe.Copies).Select(index => CopyName.Of(source.Path, index)).SelectMany(name => (string[])[name.Image, name.Label]);

    private ImmutableArray<CopyFile> Write(SourcePicture source, CopyMaker maker, CancellationToken cancellation)
    {
        var pixels = maker.Decode(source);
        var files = ImmutableArray.CreateBuilder<CopyFile>(2 * options.Recipe.Copies);
        for (var index = 1; index <= options.Recipe.Copies; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            var copy = maker.Describe(source, index);
            var encoded = maker.Encode(copy.ImagePath, maker.Render(source, pixels, index));
            files.Add(new(copy.ImagePath, WriteFile(copy.ImagePath, encoded), ContentHash.Of(encoded).ToString()));
            using var labels = new MemoryStream();
            VocWriter.Write(labels, copy.Labels);
            files.Add(new(copy.LabelPath, WriteFile(copy.LabelPath, labels.GetBuffer().AsMemory(0, (int)labels.Length)), ""));
        }

        return files.DrainToImmutable();
    }

    private long WriteFile(string path, ReadOnlyMemory<byte> content)
    {
        // Waiting for the disk ten times per image would take longer than making the copies; the record has the lengths.
        AtomicFile.Write(ProjectPath.Full(outputFolder, path), content, durable: false);
        return content.Length;
    }

    private void Delete(IEnumerable<string> files, ref int count)
    {
        foreach (var path in files.Select(file => ProjectPath.Full(outputFolder, file)).Where(File.Exists))
        {
            File.Delete(path);
            Interlocked.Increment(ref count);
        }
    }
}
