using System.Runtime.InteropServices;
using System.Text.Json;
using NanoDet.Core.Detections;
using NanoDet.Imaging.Warping;
using NanoDet.Testing;
using NanoDet.Training.Weights;

namespace NanoDet.Training.Tests.Loop;

public sealed class PublishedDetectionTests
{
    [Theory]
    [InlineData("nanodet-plus-m_416", false)]
    [InlineData("nanodet-m", true)]
    public void Predictions_decode_to_the_detections_of_the_original(string model, bool isLegacy)
    {
        var predictions = WeightFile.Read(SharedData.Path($"golden/detections/{model}.safetensors")).Tensors;
        using var golden = JsonDocument.Parse(File.ReadAllBytes(SharedData.Path($"golden/detections/{model}.json")));
        var decoder = new BoxDecoder(isLegacy ? [8, 16, 32] : [8, 16, 32, 64], 7, 80, CentredPriors: isLegacy);
        foreach (var image in golden.RootElement.GetProperty("images").EnumerateArray())
        {
            var input = image.GetProperty("inputShape").EnumerateArray().Select(side => side.GetInt32()).ToArray();
            var output = Sigmoid(predictions[$"{Path.GetFileNameWithoutExtension(image.GetProperty("image").GetString())}.preds"], decoder);
            var found = new NonMaximumSuppression().Apply(decoder.Decode(output, input[3], input[2], 0.05f));
            var matrix = image.GetProperty("warpMatrix").EnumerateArray().Select(row => row.EnumerateArray().Select(number => number.GetDouble()).ToArray()).ToArray();
            var inverse = new Homography(
                matrix[0][0], matrix[0][1], matrix[0][2], matrix[1][0], matrix[1][1], matrix[1][2], matrix[2][0], matrix[2][1], matrix[2][2]).Invert();

            // Equal scores may change places; a box and its score belong together.
            var expected = image.GetProperty("detections").EnumerateArray().ToArray();
            Assert.Equal(expected.Length, found.Length);
            foreach (var detection in expected)
            {
                var box = detection.GetProperty("box").EnumerateArray().Select(side => side.GetDouble()).ToArray();
                Assert.Contains(found, candidate =>
                {
                    var moved = inverse.MapBox(candidate.Box);
                    return candidate.Label == detection.GetProperty("classId").GetInt32()
                        && Math.Abs(candidate.Score - detection.GetProperty("score").GetDouble()) < 1e-5
                        && Near(Math.Max(moved.Left, 0), box[0]) && Near(Math.Max(moved.Top, 0), box[1])
                        && (Near(moved.Right, box[2]) || moved.Right > box[2]) && (Near(moved.Bottom, box[3]) || moved.Bottom > box[3]);
                });
            }
        }

        static bool Near(double a, double b) => Math.Abs(a - b) < 0.05;
    }

    private static float[] Sigmoid(WeightTensor predictions, BoxDecoder decoder)
    {
        var output = MemoryMarshal.Cast<byte, float>(predictions.Data.Span).ToArray();
        for (var i = 0; i < output.Length; i++)
        {
            output[i] = i % decoder.Columns < decoder.NumClasses ? 1 / (1 + MathF.Exp(-output[i])) : output[i];
        }

        return output;
    }
}
