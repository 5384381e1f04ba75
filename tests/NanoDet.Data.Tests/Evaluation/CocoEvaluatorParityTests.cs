using System.Text.Json;
using NanoDet.Core.Geometry;
using NanoDet.Data.Evaluation;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Evaluation;

public sealed class CocoEvaluatorParityTests
{
    private const double Tolerance = 1e-6;

    [Theory]
    [InlineData("basic")]
    [InlineData("coco2014-oracle")]
    [InlineData("crowd")]
    [InlineData("dense")]
    [InlineData("single")]
    [InlineData("sparse")]
    [InlineData("ties")]
    public void Figures_equal_those_of_pycocotools(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Path($"golden/coco-eval/{name}.json")));
        var vector = document.RootElement;
        var categories = vector.GetProperty("groundTruth").GetProperty("categories").EnumerateArray()
            .Select(category => category.GetProperty("id").GetInt32()).Order().ToArray();

        var metrics = CocoEvaluator.Evaluate(
            categories,
            vector.GetProperty("groundTruth").GetProperty("annotations").EnumerateArray().Select(Truth),
            vector.GetProperty("detections").EnumerateArray().Select(Detection));

        var expected = vector.GetProperty("stats").EnumerateArray().Select(stat => stat.GetDouble()).ToArray();
        Assert.Equal(12, expected.Length);
        Assert.All(expected, (stat, index) => Assert.Equal(stat, metrics.Stats[index], Tolerance));

        if (vector.TryGetProperty("perClass", out var perClass))
        {
            Assert.Equal(perClass.GetArrayLength(), metrics.Classes.Length);
            Assert.All(perClass.EnumerateArray(), (pair, index) =>
            {
                AssertEqual(pair[0], metrics.Classes[index].AveragePrecision);
                AssertEqual(pair[1], metrics.Classes[index].AveragePrecision50);
            });
        }
    }

    private static void AssertEqual(JsonElement expected, double? actual)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.Null(actual);
        }
        else
        {
            Assert.NotNull(actual);
            Assert.Equal(expected.GetDouble(), actual.Value, Tolerance);
        }
    }

    private static EvaluationTruth Truth(JsonElement annotation) => new(
        annotation.GetProperty("image_id").GetInt64(), annotation.GetProperty("category_id").GetInt32(), Box(annotation))
    {
        Crowd = annotation.GetProperty("iscrowd").GetInt32() != 0,
        Area = annotation.GetProperty("area").GetDouble(),
    };

    private static EvaluationDetection Detection(JsonElement detection) => new(
        detection.GetProperty("image_id").GetInt64(),
        detection.GetProperty("category_id").GetInt32(),
        Box(detection),
        detection.GetProperty("score").GetDouble());

    private static BoundingBox Box(JsonElement entry)
    {
        var box = entry.GetProperty("bbox");
        var (x, y) = (box[0].GetDouble(), box[1].GetDouble());
        return new(x, y, x + box[2].GetDouble(), y + box[3].GetDouble());
    }
}
