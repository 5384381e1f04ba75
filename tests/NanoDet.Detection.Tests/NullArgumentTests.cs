using NanoDet.Core.Detections;
using NanoDet.Imaging;

namespace NanoDet.Detection.Tests;

/// <summary>An argument that is null is told by name, at the call.</summary>
public sealed class NullArgumentTests
{
    private static readonly byte[] Model = new TinyModel(64, 64, ["a"]).ToBytes();

    private static readonly (string Name, Func<Detector, object?> Call)[] Calls =
    [
        ("path", detector => detector.Detect((string)null!)), ("path", detector => detector.DetectAsync((string)null!)),
        ("image", detector => detector.Detect((Stream)null!)), ("image", detector => detector.DetectAsync((Stream)null!).GetAwaiter().GetResult()),
        ("image", detector => detector.Detect((byte[])null!)),
        ("image", detector => detector.Detect((PixelImage)null!)), ("image", detector => detector.DetectAsync((PixelImage)null!)),
        ("image", detector => detector.Detect(null!, new DetectedObject[1], out var _)),
        ("images", detector => detector.Detect((IReadOnlyList<PixelImage>)null!)), ("images", detector => detector.Detect([new PixelImage(8, 8), null!])),
        ("images", detector => detector.DetectAsync((IAsyncEnumerable<PixelImage>)null!)),
        ("paths", detector => detector.DetectAsync((IEnumerable<string>)null!)),
        ("sources", detector => detector.DetectAsync((IEnumerable<int>)null!, _ => new PixelImage(8, 8))),
        ("sources", detector => detector.DetectAsync((IAsyncEnumerable<int>)null!, _ => new PixelImage(8, 8))),
        ("decode", detector => detector.DetectAsync([1], null!)),
        ("path", _ => Detector.Load((string)null!)), ("model", _ => Detector.Load((Stream)null!)), ("model", _ => Detector.Load((byte[])null!)),
        ("name", _ => Detector.Load(Model, null!)), ("name", _ => Detector.Load(new MemoryStream(Model), null!)),
        ("image", _ => Draw(null!, [])), ("found", _ => Draw(new PixelImage(8, 8), null!)),
        ("path", _ => ImageDecoder.Load(null!)), ("stream", _ => ImageDecoder.Load(null!, "name")),
    ];

    [Fact]
    public void An_argument_that_is_null_is_told_by_name()
    {
        using var detector = Detector.Load(Model);
        Assert.All(Calls, call => Assert.Equal(call.Name, Assert.Throws<ArgumentNullException>(() => call.Call(detector)).ParamName));
    }

    private static PixelImage Draw(PixelImage image, IEnumerable<DetectedObject> found)
    {
        image.Draw(found);
        return image;
    }

    [Fact]
    public async Task A_source_that_is_null_is_a_problem_of_its_result()
    {
        using var detector = Detector.Load(Model);
        var problems = 0;
        await foreach (var result in detector.DetectAsync([null!], TestContext.Current.CancellationToken))
        {
            Assert.NotNull(result.Problem);
            problems++;
        }

        Assert.Equal(1, problems);
    }
}
