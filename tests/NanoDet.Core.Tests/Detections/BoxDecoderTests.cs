using NanoDet.Core.Detections;
using NanoDet.Core.Geometry;

namespace NanoDet.Core.Tests.Detections;

public sealed class BoxDecoderTests
{
    [Theory]
    [InlineData(416, 416, 3598)]
    [InlineData(320, 320, 2125)]
    [InlineData(320, 192, 1275)]
    public void Four_levels_have_as_many_rows_as_the_original(int width, int height, int rows)
        => Assert.Equal(rows, new BoxDecoder([8, 16, 32, 64], 7, 80, false).Rows(width, height));

    [Fact]
    public void A_place_decodes_to_the_expected_distances_around_its_corner()
    {
        var decoder = new BoxDecoder([8], 3, 2, CentredPriors: false);
        var output = new float[4 * decoder.Columns];

        // Second column of the second row of a 16 by 16 input: place (8, 8); all weight on 1, 0, 1 and 1 strides.
        var row = output.AsSpan(3 * decoder.Columns);
        row[1] = 0.75f;
        Fill(row[2..], 1, 0, 1, 1);

        Assert.Equal([new DetectedObject(1, 0.75f, new BoundingBox(0, 8, 16, 16))], decoder.Decode(output, 16, 16, 0.5f));
    }

    [Fact]
    public void Legacy_places_are_at_the_middle_and_boxes_are_cut_at_the_input()
    {
        var decoder = new BoxDecoder([8], 3, 1, CentredPriors: true);
        var output = new float[decoder.Columns];
        output[0] = 0.9f;
        Fill(output.AsSpan(1), 3, 0, 0, 2);

        Assert.Equal(new BoundingBox(0, 4, 4, 8), Assert.Single(decoder.Decode(output, 8, 8, 0.05f)).Box);
    }

    [Fact]
    public void One_place_may_give_several_classes_but_none_at_the_threshold()
    {
        var decoder = new BoxDecoder([8], 1, 3, CentredPriors: false);
        var output = new float[decoder.Columns];
        (output[0], output[1], output[2]) = (0.5f, 0.6f, 0.7f);

        Assert.Equal([1, 2], decoder.Decode(output, 8, 8, 0.5f).Select(detection => detection.Label));
    }

    [Fact]
    public void Output_of_another_size_is_refused()
        => Assert.Throws<ArgumentException>(() => new BoxDecoder([8], 7, 3, false).Decode(new float[10], 32, 32, 0.05f));

    private static void Fill(Span<float> logits, params ReadOnlySpan<int> distances)
    {
        logits[..16].Fill(-1000);
        for (var side = 0; side < 4; side++)
        {
            logits[(side * 4) + distances[side]] = 0;
        }
    }
}
