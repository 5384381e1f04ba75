using System.Collections.Immutable;
using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Yolo;

namespace NanoDet.Data.Tests.Labels;

/// <summary>The forms of a line of YOLO text.</summary>
public sealed class YoloFormsTests
{
    private static readonly ClassList Classes = ClassList.FromNames(["cat", "dog"]);

    [Theory]
    [InlineData("0 0.5 0.5 0.25 0.25 0.93")]
    [InlineData("0.0 0.5 0.5 0.25 0.25")]
    [InlineData("0e0\t0.5 0.5 0.25  0.25")]
    public void A_confidence_is_ignored_and_a_class_may_have_a_point(string line)
    {
        var found = Read(line);

        Assert.Equal("cat", found.ClassName);
        Assert.Equal(new BoundingBox(120, 90, 200, 150), found.Box);
    }

    [Theory]
    [InlineData("1 0.50 0.50 0.20 0.40 0.45 0.35 0.55 0.35")] // two keypoints
    [InlineData("1 0.50 0.50 0.20 0.40 0.45 0.35 2 0.55 0.35 1")] // with a visibility
    [InlineData("1 0.50 0.50 0.20 0.40 0.45 0.35 2 0.55 0.35 1 0 0 0")] // and one that is not labelled
    [InlineData("1 0.50 0.50 0.20 0.40 0.45 0.35 0.7 0.55 0.35 0.9 0.5 0.6 0.8")] // with a confidence each
    [InlineData("1 0.50 0.50 0.20 0.40 0 0 0.55 0.35 0.45 0.5")]
    public void Keypoints_are_not_corners(string line)
    {
        var found = Read(line);

        Assert.Equal("dog", found.ClassName);
        Assert.Equal(new BoundingBox(128, 72, 192, 168), found.Box);
    }

    [Theory]
    [InlineData("0 0.1 0.3 0.5 0.2 0.3 0.6", 32, 48, 160, 144)] // a triangle
    [InlineData("0 0.4 0.4 0.6 0.4 0.6 0.6 0.4 0.6", 128, 96, 192, 144)] // an oriented box that is upright
    [InlineData("0 0.4 0.3 0.7 0.5 0.6 0.7 0.3 0.5", 96, 72, 224, 168)] // and one that is not
    [InlineData("0 0.40 0.33 0.45 0.35 0.47 0.40 0.45 0.45 0.40 0.47 0.35 0.45 0.33 0.40 0.35 0.35", 105.6, 79.2, 150.4, 112.8)] // round
    [InlineData("0 0.2 0.2 0.8 0.2 0.8 0.8 0.5 0.9 0.2 0.8", 64, 48, 256, 216)]
    public void Corners_are_not_keypoints(string line, double left, double top, double right, double bottom)
        => Assert.Equal(new BoundingBox(left, top, right, bottom), Read(line).Box);

    [Fact]
    public void A_confidence_and_a_track_are_ignored_where_all_lines_have_them_or_nothing()
    {
        Assert.Equal(
            [new(120, 60, 200, 180), new(64, 48, 128, 96), new(120, 90, 200, 150)],
            ReadAll("0 0.5 0.5 0.25 0.5 0.93 1\n1 0.3 0.3 0.2 0.2 0.71 40\n0 0.5 0.5 0.25 0.25").Select(found => found.Box));
        Assert.Equal(new BoundingBox(96, 84, 160, 240), ReadAll("0 0.5 0.5 0.3 0.35 0.4 1\n0 0.1 0.3 0.5 0.2 0.3 0.6")[0].Box); // two triangles
    }

    [Theory]
    [InlineData("0 0.5 0.5 0.25 0.5 1.93 7")]
    [InlineData("0 0.9 0.5 0.25 0.5 0.93 7")]
    [InlineData("0 0.9 0.5 0.25 0.5 0.93 7.5")]
    [InlineData("0 0.5 0.5 0.25 0.5 0.93 7\n0 0.1 0.3 0.5 0.2 0.3 0.6")]
    public void A_corner_far_outside_of_the_image_is_no_corner(string lines)
        => Assert.Equal(("NDB1001", 1), Assert.Throws<NanoDetException>(() => ReadAll(lines)).Diagnostic is var told ? (told.Code, told.Location!.Value.Line) : default);

    [Theory]
    [InlineData("0 0.5 0.5 0.25 0.5 1.5708")]
    [InlineData("0 0.5 0.5 0.25 0.5 0.3\n0 0.5 0.5 0.25 0.5 -0.3")]
    [InlineData("0 0.5 0.5 0.25 0.5 -0.7854 0.93")]
    [InlineData("0 0.5 0.5 0.25 0.5 0.93 1.5708")]
    [InlineData("0 0.5 0.5 0.25 0.5 0.93 7.5")]
    public void An_angle_is_no_confidence_and_no_corner(string lines)
    {
        var told = Assert.Throws<NanoDetException>(() => ReadAll(lines)).Diagnostic;
        Assert.Equal("NDB1010", told.Code);
        Assert.Contains("class x1 y1 x2 y2 x3 y3 x4 y4", told.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 0.4 0.4 0.6 0.4 0.6 0.6 0.4 0.6", 4, 32, 48, 224, 144)] // by itself it would be a polygon
    [InlineData("1 0.50 0.50 0.20 0.40 0.45 0.35 0.55 0.35", 51, 64, 84, 176, 120)] // by itself it would have keypoints
    [InlineData("1 0.5 0.5 0.25 0.25", 4, 120, 90, 200, 150)]
    public void What_the_file_of_the_classes_says_about_keypoints_decides(string line, int numbers, double left, double top, double right, double bottom)
        => Assert.Equal(new BoundingBox(left, top, right, bottom), Assert.Single(YoloReader.Read(Encoding.UTF8.GetBytes(line), "a.txt", Classes.WithKeypoints(numbers), 320, 240).Objects).Box);

    [Fact]
    public void At_most_one_polygon_in_five_hundred_is_taken_for_a_box_with_keypoints()
        => Assert.InRange(Enumerable.Range(0, 5000).Count(seed =>
        {
            var corners = Ring(new Random(seed));
            return Math.Abs((corners.Max(corner => corner.X) * 320) - Read($"0 {Text(corners)}").Box.Right) > 0.01;
        }), 0, 10);

    [Fact]
    public void A_file_of_polygons_is_one_whatever_a_line_of_it_looks_like()
    {
        const string LooksLikeKeypoints = "1 0.50 0.50 0.20 0.40 0.45 0.35 0.55 0.35";

        Assert.Equal(new BoundingBox(64, 84, 176, 120), ReadAll($"{LooksLikeKeypoints}\n0 0.1 0.3 0.5 0.2 0.3 0.6")[0].Box);
    }

    [Fact]
    public void One_line_with_keypoints_speaks_for_all_of_its_file()
    {
        // A box around the middle, whose width and height are a possible corner.
        const string LooksLikeCorners = "0 0.50 0.50 0.50 0.50 0.45 0.55 0.55 0.60";

        Assert.Equal(new BoundingBox(80, 60, 240, 180), ReadAll($"{LooksLikeCorners}\n1 0.50 0.50 0.20 0.40 0.45 0.35 0.55 0.35\n0 0.5 0.5 0.1 0.1")[0].Box);
    }

    [Theory]
    [InlineData("0,0.5,0.5,0.25,0.25", "The labels seem to be numbers with commas (CSV), which is not read; YOLO text has spaces between them: class x y width height")]
    [InlineData("0 160 120 100 80", "The labels seem to be in pixels, which is not read; YOLO text has shares of the image's width and height, from 0 to 1: divide by the size, or export as YOLO again")]
    public void Another_form_is_told_by_its_name(string line, string message)
    {
        var diagnostic = Assert.Throws<NanoDetException>(() => Read(line)).Diagnostic;

        Assert.Equal(("NDB1010", message, 1), (diagnostic.Code, diagnostic.Message, diagnostic.Location!.Value.Line));
    }

    private static (double X, double Y)[] Ring(Random random)
    {
        var (x, y, radius) = (random.NextDouble(), random.NextDouble(), 0.01 + (0.3 * random.NextDouble()));
        var count = random.Next(4, 30);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var (sin, cos) = Math.SinCos(i * 2 * Math.PI / count);
            var distance = radius * (0.7 + (0.3 * random.NextDouble()));
            return (Math.Clamp(x + (distance * cos), 0.001, 0.999), Math.Clamp(y + (distance * sin), 0.001, 0.999));
        })];
    }

    private static string Text((double X, double Y)[] corners)
        => string.Join(' ', corners.Select(corner => FormattableString.Invariant($"{corner.X:F6} {corner.Y:F6}")));

    private static LabeledObject Read(string line) => ReadAll(line).Single();

    private static ImmutableArray<LabeledObject> ReadAll(string text) => YoloReader.Read(Encoding.UTF8.GetBytes(text), "a.txt", Classes, 320, 240).Objects;
}
