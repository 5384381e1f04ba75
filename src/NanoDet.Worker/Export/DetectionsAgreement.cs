using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using NanoDet.Core.Detections;
using NanoDet.Core.Geometry;

namespace NanoDet.Worker.Export;

/// <summary>How far a model with its decoding inside and the library with the model itself find the same.</summary>
/// <param name="Alone">Detections of either that the other does not have.</param>
/// <param name="Total">Detections of both.</param>
internal sealed record DetectionsAgreement(int Alone, int Total)
{
    private const float ScoreTolerance = 1e-3f;
    private const float SideTolerance = 0.1f; // In pixels of the input.

    /// <summary>Compares the two, picture by picture, in pixels of the input.</summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="detections">The bytes of the file with the decoding inside.</param>
    /// <param name="inputs">The pictures.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static DetectionsAgreement Of(byte[] model, byte[] detections, CalibrationInputs inputs, CancellationToken cancellation)
    {
        using var settings = inputs.Settings();
        using var outside = new InferenceSession(model, settings);
        using var inside = new InferenceSession(detections, settings);
        using var run = new RunOptions();
        var metadata = inputs.Metadata;
        var suppression = new NonMaximumSuppression(metadata.IouThreshold, metadata.MaxDetections);
        var sum = new DetectionsAgreement(0, 0);
        foreach (var input in inputs.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            using var predictions = outside.Run(run, ["data"], [input], ["output"]);
            var expected = suppression.Apply(metadata.Decoder.Decode(
                predictions[0].GetTensorDataAsSpan<float>(), metadata.InputWidth, metadata.InputHeight, (float)metadata.ScoreThreshold));
            sum = sum.Add(expected, Found(inside, run, input), (float)metadata.ScoreThreshold, metadata.MaxDetections);
        }

        return sum;
    }

    // Whether a detection is above the threshold, or among the best, may depend on the last bits of its score: such are not counted.
    private DetectionsAgreement Add(ImmutableArray<DetectedObject> expected, ImmutableArray<DetectedObject> found, float threshold, int most)
    {
        var least = ScoreTolerance + Math.Max(Least(expected), Least(found));
        return new(Alone + CountAlone(expected, found) + CountAlone(found, expected), Total + Counted(expected).Count() + Counted(found).Count());

        float Least(ImmutableArray<DetectedObject> list) => list.Length >= most ? list[^1].Score : threshold;

        IEnumerable<DetectedObject> Counted(ImmutableArray<DetectedObject> list) => list.Where(item => !(item.Score <= least));

        int CountAlone(ImmutableArray<DetectedObject> list, ImmutableArray<DetectedObject> other) => Counted(list).Count(item => !other.Any(theirs => AreEqual(item, theirs)));
    }

    private static bool AreEqual(DetectedObject a, DetectedObject b)
        => a.Label == b.Label && Math.Abs(a.Score - b.Score) <= ScoreTolerance
        && Math.Abs(a.Box.Left - b.Box.Left) <= SideTolerance && Math.Abs(a.Box.Top - b.Box.Top) <= SideTolerance
        && Math.Abs(a.Box.Right - b.Box.Right) <= SideTolerance && Math.Abs(a.Box.Bottom - b.Box.Bottom) <= SideTolerance;

    private static ImmutableArray<DetectedObject> Found(InferenceSession session, RunOptions run, OrtValue input)
    {
        using var outputs = session.Run(run, ["data"], [input], ["boxes", "scores", "labels"]);
        var boxes = outputs[0].GetTensorDataAsSpan<float>();
        var scores = outputs[1].GetTensorDataAsSpan<float>();
        var labels = outputs[2].GetTensorDataAsSpan<long>();
        var found = ImmutableArray.CreateBuilder<DetectedObject>(scores.Length);
        for (var i = 0; i < scores.Length; i++)
        {
            var sides = boxes.Slice(4 * i, 4);
            found.Add(new((int)labels[i], scores[i], new BoundingBox(sides[0], sides[1], sides[2], sides[3])));
        }

        return found.MoveToImmutable();
    }
}
