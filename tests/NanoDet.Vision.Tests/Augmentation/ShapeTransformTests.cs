using System.Text.Json;
using NanoDet.Imaging.Tests.Warping;
using NanoDet.Testing;
using NanoDet.Vision.Augmentation;

namespace NanoDet.Vision.Tests.Augmentation;

public sealed class ShapeTransformTests
{
    [Fact]
    public void Matrices_and_boxes_equal_the_originals()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(SharedData.Path("golden/warp.json")));
        foreach (var entry in golden.RootElement.GetProperty("augment").EnumerateArray())
        {
            var canvas = Golden.Size(entry.GetProperty("target"));
            var matrix = Parameters(entry.GetProperty("parameters")).Matrix(Golden.Size(entry.GetProperty("source")), canvas, keepRatio: false);
            Golden.AssertEqual(entry.GetProperty("matrix"), matrix);
            Golden.AssertBoxes(entry, box => matrix.MapBox(box, canvas));
        }
    }

    [Fact]
    public void Drawing_nothing_is_only_the_resize()
    {
        var matrix = new ShapeTransform().Matrix(new(640, 480), new(320, 320), keepRatio: false);
        var (x, y) = matrix.Map(160, 120);
        Assert.Equal(80, x, 9);
        Assert.Equal(80, y, 9);
    }

    private static ShapeTransform Parameters(JsonElement parameters) => new()
    {
        PerspectiveX = parameters.GetProperty("perspective")[0].GetDouble(),
        PerspectiveY = parameters.GetProperty("perspective")[1].GetDouble(),
        Scale = parameters.GetProperty("scale").GetDouble(),
        StretchX = parameters.GetProperty("stretch")[0].GetDouble(),
        StretchY = parameters.GetProperty("stretch")[1].GetDouble(),
        Rotation = parameters.GetProperty("rotation").GetDouble(),
        ShearX = parameters.GetProperty("shear")[0].GetDouble(),
        ShearY = parameters.GetProperty("shear")[1].GetDouble(),
        Flip = parameters.GetProperty("flip").GetBoolean(),
        TranslateX = parameters.GetProperty("translate")[0].GetDouble(),
        TranslateY = parameters.GetProperty("translate")[1].GetDouble(),
    };
}
