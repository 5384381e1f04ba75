using System.Text.Json;
using NanoDet.Core.Geometry;
using NanoDet.Imaging.Warping;

namespace NanoDet.Imaging.Tests.Warping;

/// <summary>Reads the entries of the reference file of matrices and boxes.</summary>
internal static class Golden
{
    public static PixelSize Size(JsonElement pair) => new(pair[0].GetInt32(), pair[1].GetInt32());

    public static void AssertEqual(JsonElement expected, in Homography actual)
    {
        double[] values = [actual.M00, actual.M01, actual.M02, actual.M10, actual.M11, actual.M12, actual.M20, actual.M21, actual.M22];
        for (var i = 0; i < 9; i++)
        {
            Assert.Equal(expected[i / 3][i % 3].GetDouble(), values[i], 1e-6);
        }
    }

    /// <summary>The reference holds 32-bit floats: equal means within their precision.</summary>
    public static void AssertBoxes(JsonElement entry, Func<BoundingBox, BoundingBox> map)
    {
        foreach (var (before, after) in entry.GetProperty("boxes").EnumerateArray().Zip(entry.GetProperty("warped").EnumerateArray()))
        {
            var (expected, actual) = (Box(after), map(Box(before)));
            AssertClose(expected.Left, actual.Left);
            AssertClose(expected.Top, actual.Top);
            AssertClose(expected.Right, actual.Right);
            AssertClose(expected.Bottom, actual.Bottom);
        }

        static BoundingBox Box(JsonElement box) => new(box[0].GetDouble(), box[1].GetDouble(), box[2].GetDouble(), box[3].GetDouble());
        static void AssertClose(double expected, double actual) => Assert.Equal(expected, actual, 1e-6 * Math.Max(1, Math.Abs(expected)));
    }
}
