using System.Text.Json;
using NanoDet.Core.Detections;
using NanoDet.Core.Geometry;
using NanoDet.Testing;

namespace NanoDet.Detection.Tests.Golden;

public sealed class GoldenDetectionTests
{
    [Fact]
    public void The_official_model_finds_what_the_original_finds()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(SharedData.Path("golden/detections/nanodet-plus-m_416.json")));
        using var detector = Detector.Load(
            SharedData.Path("models/nanodet-plus-m_416.onnx"), new DetectorOptions { ScoreThreshold = 0.05, Threads = 2 });
        foreach (var image in golden.RootElement.GetProperty("images").EnumerateArray())
        {
            var name = image.GetProperty("image").GetString()!;
            var found = detector.Detect(SharedData.Path($"media/{name}"), TestContext.Current.CancellationToken);
            var wanted = image.GetProperty("detections").EnumerateArray().Select(Read).ToList();

            Assert.All(wanted.Where(detection => detection.Score > 0.3), detection => Assert.Contains(found, other => Agrees(other, detection)));
            Assert.All(found.Where(detection => detection.Score > 0.32), detection => Assert.Contains(wanted, other => Agrees(other, detection)));
            Assert.Equal(
                wanted.Where(detection => detection.Score > 0.3).Select(detection => detector.Metadata.Classes[detection.Label]),
                image.GetProperty("detections").EnumerateArray().Where(detection => detection.GetProperty("score").GetDouble() > 0.3)
                    .Select(detection => detection.GetProperty("className").GetString()!));
        }
    }

    private static bool Agrees(DetectedObject a, DetectedObject b)
        => a.Label == b.Label && Math.Abs(a.Score - b.Score) < 0.02 && a.Box.IntersectionOverUnion(b.Box) > 0.95;

    private static DetectedObject Read(JsonElement detection)
    {
        var box = detection.GetProperty("box");
        return new DetectedObject(
            detection.GetProperty("classId").GetInt32(),
            detection.GetProperty("score").GetSingle(),
            new BoundingBox(box[0].GetDouble(), box[1].GetDouble(), box[2].GetDouble(), box[3].GetDouble()));
    }
}
