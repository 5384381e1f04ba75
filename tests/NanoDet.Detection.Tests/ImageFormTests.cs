using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Core.Detections;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Imaging;
using NanoDet.Testing;

namespace NanoDet.Detection.Tests;

/// <summary>Every form in which a program has an image gives what the file gives. Alone, because the memory of all threads is measured.</summary>
[Collection(nameof(ImageFormTests))]
[CollectionDefinition(nameof(ImageFormTests), DisableParallelization = true)]
public sealed class ImageFormTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly PixelImage _image = Gradient(61, 47);

    // The picture's mean decides the score, so other pixels would give another.
    private readonly Detector _detector = TinyModel.Load(
        new TinyModel(64, 64, ["bolt", "nut"]) { Places = { (9, 1, 0.5f) }, PictureFactor = 0.1f }, new DetectorOptions { ScoreThreshold = 0.1 });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _detector.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_stream_bytes_and_a_task_give_what_the_file_gives()
    {
        var encoded = ImageEncoder.EncodePng(_image);
        await File.WriteAllBytesAsync(_folder["a.png"], encoded, Cancellation);
        var expected = _detector.Detect(_folder["a.png"], Cancellation);
        Assert.Single(expected);
        using var stream = new MemoryStream([1, 2, 3, .. encoded]) { Position = 3 };
        using var unseekable = new UnseekableStream(encoded);
        using var another = new UnseekableStream(encoded);

        Same(expected, _detector.Detect(_image, Cancellation));
        Same(expected, _detector.Detect(stream, Cancellation));
        Same(expected, _detector.Detect(unseekable, Cancellation));
        Same(expected, _detector.Detect(encoded.AsMemory(), Cancellation));
        Same(expected, await _detector.DetectAsync(_folder["a.png"], Cancellation));
        Same(expected, await _detector.DetectAsync(another, Cancellation));
        Same(expected, await _detector.DetectAsync(_image, Cancellation));
        await foreach (var result in _detector.DetectAsync(Frames(3), Cancellation))
        {
            Same(expected, result.Detections);
        }
    }

    [Theory]
    [InlineData(PixelFormat.Bgra32, 4, 0, 1, 2)]
    [InlineData(PixelFormat.Rgba32, 4, 2, 1, 0)]
    [InlineData(PixelFormat.Bgr24, 3, 0, 1, 2)]
    [InlineData(PixelFormat.Rgb24, 3, 2, 1, 0)]
    public void Pixels_of_any_order_and_stride_give_what_the_file_gives(PixelFormat format, int size, params int[] order)
    {
        var stride = (_image.Width * size) + 5;
        var pixels = new byte[(stride * (_image.Height - 1)) + (_image.Width * size)];
        for (var y = 0; y < _image.Height; y++)
        {
            for (var x = 0; x < _image.Width; x++)
            {
                for (var color = 0; color < 3; color++)
                {
                    pixels[(y * stride) + (x * size) + order[color]] = _image.Bytes[(y * _image.Stride) + (x * 4) + color];
                }
            }
        }

        var copied = new PixelImage(_image.Width, _image.Height, pixels, stride, format);

        Assert.True(_image.Bytes.SequenceEqual(copied.Bytes));
        Same(_detector.Detect(_image, Cancellation), _detector.Detect(pixels, _image.Width, _image.Height, stride, format, Cancellation));
        Assert.Throws<ArgumentException>(() => _detector.Detect(pixels.AsSpan(1), _image.Width, _image.Height, stride, format, Cancellation));
        Assert.Throws<ArgumentOutOfRangeException>(() => _detector.Detect(pixels, _image.Width, _image.Height, (_image.Width * size) - 1, format, Cancellation));
    }

    [Fact]
    public void Grey_is_all_three_colours()
        => Assert.Equal([7, 7, 7, 255, 9, 9, 9, 255], new PixelImage(1, 2, [7, 0, 9], stride: 2, PixelFormat.Gray8).Bytes.ToArray());

    [Fact]
    public async Task A_stream_that_is_no_image_has_a_code()
    {
        var text = "no image"u8.ToArray();
        Assert.Equal("NDB1201", await CodeAsync(() => new MemoryStream(text)));
        // Behind its own end, where there is nothing.
        Assert.Equal("NDB1201", await CodeAsync(() => new MemoryStream(text) { Position = 100 }));
    }

    public static TheoryData<Exception> FailuresOfStreams => [new IOException("the request is too large"), new InvalidDataException("no archive"), new InvalidOperationException("a bug")];

    [Theory]
    [MemberData(nameof(FailuresOfStreams))]
    public async Task What_a_stream_throws_is_passed_on_as_it_is(Exception failure)
    {
        using var stream = new BrokenStream(failure);
        Assert.Same(failure, await Record.ExceptionAsync(() => _detector.DetectAsync(stream, Cancellation)));
        Assert.Same(failure, Record.Exception(() => _detector.Detect(stream, Cancellation)));
        Assert.Same(failure, Record.Exception(() => ImageDecoder.Load(stream, "upload")));
        Assert.Same(failure, Record.Exception(() => Detector.Load(stream)));
    }

    [Fact]
    public async Task A_picture_with_too_many_pixels_is_refused_in_every_form()
    {
        using var detector = TinyModel.Load(new TinyModel(64, 64, ["a"]) { Places = { (9, 0, 0.5f) } }, new DetectorOptions { MaxPixels = 10_000 });
        Assert.Single(await TryAll(ImageEncoder.EncodePng(Gradient(100, 100))));
        Assert.Equal(["NDB1202"], await TryAll(ImageEncoder.EncodePng(Gradient(101, 100))));

        // What is decoded already has no limit.
        Assert.Single(detector.Detect(Gradient(101, 100), Cancellation));

        async Task<List<string>> TryAll(byte[] encoded)
        {
            var path = _folder[$"{encoded.Length}.png"];
            await File.WriteAllBytesAsync(path, encoded, Cancellation);
            var outcomes = new List<string>();
            foreach (var detect in (Func<Task<ImmutableArray<DetectedObject>>>[])
            [
                () => Task.FromResult(detector.Detect(path, Cancellation)), () => Task.FromResult(detector.Detect(new MemoryStream(encoded), Cancellation)),
                () => Task.FromResult(detector.Detect(encoded, Cancellation)), () => detector.DetectAsync(path, Cancellation),
                () => detector.DetectAsync(new MemoryStream(encoded), Cancellation),
            ])
            {
                try
                {
                    outcomes.Add($"{(await detect()).Length}");
                }
                catch (NanoDetException exception)
                {
                    outcomes.Add(exception.Code);
                }
            }

            await foreach (var result in detector.DetectAsync([path], Cancellation))
            {
                outcomes.Add(result.Problem?.Code ?? $"{result.Detections.Length}");
            }

            Assert.Equal(6, outcomes.Count);
            return [.. outcomes.Distinct()];
        }
    }

    [Fact]
    public async Task Nobody_waits_for_a_stream_longer_than_it_is_wanted()
    {
        using var stop = new CancellationTokenSource();
        using var endless = new EndlessStream(stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _detector.DetectAsync(endless, stop.Token));
    }

    [Fact]
    public async Task A_stream_of_known_length_is_held_in_memory_once()
    {
        // Not an image, so nothing but the reading needs memory that grows with it.
        using var stream = new MemoryStream(new byte[64 << 20]);
        await Assert.ThrowsAsync<NanoDetException>(() => _detector.DetectAsync(stream, Cancellation));
        stream.Position = 0;
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await Assert.ThrowsAsync<NanoDetException>(() => _detector.DetectAsync(stream, Cancellation));
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 64 << 20, 96 << 20);
    }

    [Fact]
    public void A_model_may_lie_beside_the_program_or_come_from_a_stream()
    {
        var model = new TinyModel(64, 64, ["bolt", "nut"]) { Places = { (9, 1, 0.5f) } }.ToBytes();
        var name = $"{Guid.NewGuid():N}.onnx";
        var beside = Path.Combine(AppContext.BaseDirectory, name);
        File.WriteAllBytes(beside, model);
        try
        {
            using var found = Detector.Load(name);
            using var stream = new MemoryStream(model);
            using var streamed = Detector.Load(stream);
            Assert.Equal(streamed.Metadata.Classes.AsEnumerable(), found.Metadata.Classes.AsEnumerable());
        }
        finally
        {
            File.Delete(beside);
        }

        var missing = Assert.Throws<NanoDetException>(() => Detector.Load(name)).Diagnostic;
        Assert.Equal("NDB6001", missing.Code);
        Assert.Contains($"neither in '{Environment.CurrentDirectory}' nor in '{Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)}'", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_found_has_a_name_and_is_readable_in_every_culture()
    {
        var found = _detector.Detect(_image, Cancellation).Single();
        Assert.Equal("nut", found.Name);
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = comma;
            Assert.Equal("nut 0.75 (25, 40) 120x81", $"{new DetectedObject(1, 0.75f, new BoundingBox(25.2, 39.6, 145.2, 120.4)) { Name = "nut" }}");
            Assert.Equal("#1 0.50 (0, 0) 0x0", $"{new DetectedObject(1, 0.5f, default)}");
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Boxes_are_drawn_where_they_are()
    {
        var image = new PixelImage(200, 100);
        image.Bytes.Fill(128);
        var before = image.Bytes.ToArray();

        image.Draw([new DetectedObject(0, 0.9f, new BoundingBox(100, 20, 180, 80)) { Name = "bolt" }]);

        Assert.NotEqual(before, image.Bytes.ToArray());
        Assert.All(Enumerable.Range(0, 100), y => Assert.True(before.AsSpan(y * 800, 80 * 4).SequenceEqual(image.Bytes.Slice(y * 800, 80 * 4))));
    }

    private async IAsyncEnumerable<PixelImage> Frames(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return _image;
        }
    }

    private static void Same(ImmutableArray<DetectedObject> expected, ImmutableArray<DetectedObject> actual) => Assert.Equal(expected.AsEnumerable(), actual.AsEnumerable());

    private static PixelImage Gradient(int width, int height)
    {
        var image = new PixelImage(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                image.Row(y)[x] = 0xFF000000 | (uint)((3 * x) << 16) | (uint)((5 * y) << 8) | (uint)(x + y);
            }
        }

        return image;
    }

    private sealed class UnseekableStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();
    }

    private async Task<string> CodeAsync(Func<Stream> open)
    {
        using var stream = open();
        using var again = open();
        var code = Assert.Throws<NanoDetException>(() => _detector.Detect(stream, Cancellation)).Code;
        Assert.Equal(code, (await Assert.ThrowsAsync<NanoDetException>(() => _detector.DetectAsync(again, Cancellation))).Code);
        return code;
    }

    private sealed class BrokenStream(Exception failure) : MemoryStream
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) => throw failure;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw failure;
    }

    private sealed class EndlessStream(CancellationTokenSource stop) : MemoryStream
    {
        private int _reads;

        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (++_reads == 3)
            {
                await stop.CancelAsync();
            }

            cancellationToken.ThrowIfCancellationRequested();
            return buffer.Length;
        }
    }
}
