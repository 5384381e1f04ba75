using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using NanoDet.Core.Detections;
using NanoDet.Core.Diagnostics;
using NanoDet.Detection.Diagnostics;
using NanoDet.Imaging;

namespace NanoDet.Detection;

// Without waiting, and many images: other threads decode ahead, so that the network does not wait for images and the caller does not wait for either.
public sealed partial class Detector
{
    /// <summary>Detects the objects in an image file on another thread.</summary>
    /// <param name="path">The image file; its EXIF orientation is applied.</param>
    /// <param name="cancellationToken">Stops the work, including the network.</param>
    /// <returns>Detections in pixels of the image, best first.</returns>
    /// <exception cref="NanoDetException">The image cannot be decoded (NDB12xx), or NDB6010 or NDB6011.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">Disposed of.</exception>
    public Task<ImmutableArray<DetectedObject>> DetectAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return DetectInTurnAsync(() => Decode(path), cancellationToken);
    }

    /// <summary>Detects the objects in an encoded image on another thread.</summary>
    /// <param name="image">A file's content, read from the stream's position to its end without blocking; its EXIF orientation is applied. What the stream throws is passed on.</param>
    /// <param name="cancellationToken">Stops the work, including the network.</param>
    /// <returns>Detections in pixels of the image, best first.</returns>
    /// <exception cref="NanoDetException">The image cannot be decoded (NDB12xx), or NDB6010 or NDB6011.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">Disposed of.</exception>
    public async Task<ImmutableArray<DetectedObject>> DetectAsync(Stream image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var content = await ImageDecoder.ReadAsync(image, InMemory, cancellationToken).ConfigureAwait(false);
        return await DetectInTurnAsync(() => Decode(content), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Detects the objects in an image on another thread.</summary>
    /// <param name="image">The image.</param>
    /// <param name="cancellationToken">Stops the work, including the network.</param>
    /// <returns>Detections in pixels of the image, best first.</returns>
    /// <exception cref="NanoDetException">NDB6010 or NDB6011.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">Disposed of.</exception>
    public Task<ImmutableArray<DetectedObject>> DetectAsync(PixelImage image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return DetectInTurnAsync(() => image, cancellationToken);
    }

    /// <summary>Detects the objects in many image files, in their order.</summary>
    /// <param name="paths">The paths of the images; enumerated as they are needed, at most a few ahead.</param>
    /// <param name="cancellationToken">Stops the work, including the network.</param>
    /// <returns>One result for each path. An image that cannot be decoded gives a result with a problem and does not stop the others.</returns>
    /// <exception cref="NanoDetException">NDB6010 or NDB6011.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IAsyncEnumerable<PictureResult<string>> DetectAsync(IEnumerable<string> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return DetectAsync(paths, Decode, cancellationToken);
    }

    /// <summary>Detects the objects in many images, in their order.</summary>
    /// <param name="sources">What identifies the images; enumerated as they are needed.</param>
    /// <param name="decode">Returns the image of a source; called on several threads at once. Its exceptions become problems of their results (NDB6012).</param>
    /// <param name="cancellationToken">Stops the work, including the network.</param>
    /// <returns>One result for each source. An image that cannot be decoded gives a result with a problem and does not stop the others.</returns>
    /// <exception cref="NanoDetException">NDB6010 or NDB6011.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IAsyncEnumerable<PictureResult<T>> DetectAsync<T>(IEnumerable<T> sources, Func<T, PixelImage> decode, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return DetectAsync(Asynchronous(sources), decode, cancellationToken);
    }

    /// <summary>Detects the objects in a sequence of images that come one after another, such as frames or messages, in their order.</summary>
    /// <param name="images">
    /// The images; enumerated as they are needed, at most a few ahead. A result does not wait for later images. Each must be an image of its
    /// own: one whose pixels change after it was given is detected as it is then.
    /// </param>
    /// <param name="cancellationToken">Stops the work, including the network.</param>
    /// <returns>One result for each image.</returns>
    /// <exception cref="NanoDetException">NDB6010 or NDB6011.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IAsyncEnumerable<PictureResult<PixelImage>> DetectAsync(IAsyncEnumerable<PixelImage> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        return DetectAsync(images, image => image, cancellationToken);
    }

    /// <summary>Detects the objects in a sequence of images that come one after another, in their order.</summary>
    /// <param name="sources">What identifies the images; enumerated as they are needed, at most a few ahead. A result does not wait for later images.</param>
    /// <param name="decode">Returns the image of a source; called on several threads at once. Its exceptions become problems of their results (NDB6012).</param>
    /// <param name="cancellationToken">Stops the work, including the network.</param>
    /// <returns>One result for each source. An image that cannot be decoded gives a result with a problem and does not stop the others.</returns>
    /// <exception cref="NanoDetException">NDB6010 or NDB6011.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IAsyncEnumerable<PictureResult<T>> DetectAsync<T>(
        IAsyncEnumerable<T> sources, Func<T, PixelImage> decode, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(decode);
        return DetectAllAsync(sources, decode, cancellationToken);
    }

    private async IAsyncEnumerable<PictureResult<T>> DetectAllAsync<T>(
        IAsyncEnumerable<T> sources, Func<T, PixelImage> decode, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Decoded images are large, so only a few wait before the network and after it.
        var ahead = Math.Max(Environment.ProcessorCount + 1, 2 * _batch);
        var results = Channel.CreateBounded<PictureResult<T>>(new BoundedChannelOptions(ahead) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var work = Task.Run(() => ProduceAsync(sources, decode, ahead, results.Writer, stop, cancellationToken), CancellationToken.None);
        try
        {
            await foreach (var result in results.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                yield return result;
            }
        }
        finally
        {
            // Also when the caller stops reading early.
            await stop.CancelAsync().ConfigureAwait(false);
            await work.ConfigureAwait(false);
        }
    }

    // A rush of calls waits without threads, so the program's other work still gets some.
    private async Task<ImmutableArray<DetectedObject>> DetectInTurnAsync(Func<PixelImage> decode, CancellationToken cancellationToken)
    {
        using var turn = await Queue.EnterAsync(cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => DetectInTurn(decode(), cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task<ImmutableArray<ImmutableArray<DetectedObject>>> DetectInTurnAsync(List<PixelImage> images, CancellationToken cancellationToken)
    {
        using var turn = await Queue.EnterAsync(cancellationToken).ConfigureAwait(false);
        return DetectInTurn(images, cancellationToken);
    }

    // Two tasks: the source may be quiet for as long as it likes while everything before is detected and given out.
    private async Task ProduceAsync<T>(
        IAsyncEnumerable<T> sources, Func<T, PixelImage> decode, int ahead, ChannelWriter<PictureResult<T>> results, CancellationTokenSource stop, CancellationToken cancellationToken)
    {
        var waiting = Channel.CreateBounded<Task<PictureResult<T>>>(new BoundedChannelOptions(ahead) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => ReadAsync(sources, decode, waiting.Writer, stop.Token), CancellationToken.None);
        try
        {
            await DetectWaitingAsync(waiting.Reader, results, stop.Token).ConfigureAwait(false);
            results.Complete();
        }
        catch (Exception exception)
        {
            // The exception surfaces where the caller reads, who knows no other token than its own.
            results.Complete(exception is OperationCanceledException && cancellationToken.IsCancellationRequested
                ? new OperationCanceledException(exception.Message, exception, cancellationToken)
                : exception);
            await stop.CancelAsync().ConfigureAwait(false);
        }

        await reading.ConfigureAwait(false);

        // No decoder outlives the call; its exceptions do not matter any more.
        var left = new List<Task>();
        while (waiting.Reader.TryRead(out var picture))
        {
            left.Add(picture);
        }

        await Task.WhenAll(left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // The end of the source, or its exception, comes after the pictures before it.
    private static async Task ReadAsync<T>(
        IAsyncEnumerable<T> sources, Func<T, PixelImage> decode, ChannelWriter<Task<PictureResult<T>>> waiting, CancellationToken cancellationToken)
    {
        Task? unsent = null;
        try
        {
            await foreach (var source in sources.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var picture = Task.Run(() => Decode(source, decode, cancellationToken), cancellationToken);
                unsent = picture;
                await waiting.WriteAsync(picture, cancellationToken).ConfigureAwait(false);
                unsent = null;
            }

            waiting.Complete();
        }
        catch (Exception exception)
        {
            waiting.Complete(exception);
            await (unsent ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task DetectWaitingAsync<T>(
        ChannelReader<Task<PictureResult<T>>> waiting, ChannelWriter<PictureResult<T>> results, CancellationToken cancellationToken)
    {
        while (await waiting.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            // A batch takes what has come from the source, and waits for no more.
            var pictures = new List<PictureResult<T>>();
            while (pictures.Count < _batch && waiting.TryRead(out var picture))
            {
                pictures.Add(await picture.ConfigureAwait(false));
            }

            var decoded = pictures.Where(picture => picture.Image is not null).Select(picture => picture.Image!).ToList();
            var found = await DetectInTurnAsync(decoded, cancellationToken).ConfigureAwait(false);
            var next = 0;
            foreach (var picture in pictures)
            {
                var result = picture.Image is null ? picture : picture with { Detections = found[next++] };
                await results.WriteAsync(result, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // The sequence may block, so it is enumerated where nobody waits for the thread.
    private static async IAsyncEnumerable<T> Asynchronous<T>(IEnumerable<T> sources)
    {
        foreach (var source in sources)
        {
            yield return source;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    // Its own cancellation ends the call; whatever else happens to one image, such as a timeout, does not concern the others.
    private static PictureResult<T> Decode<T>(T source, Func<T, PixelImage> decode, CancellationToken cancellationToken)
    {
        try
        {
            return decode(source) is { } image
                ? new PictureResult<T>(source, image, [], null)
                : Failed(DetectionDiagnostics.DecodeFailed(source as string, "it returned null"));
        }
        catch (NanoDetException exception)
        {
            return Failed(exception.Diagnostic);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return Failed(DetectionDiagnostics.DecodeFailed(source as string, $"{exception.GetType().Name}: {exception.Message}"));
        }

        PictureResult<T> Failed(Diagnostic problem) => new(source, null, [], problem);
    }
}
