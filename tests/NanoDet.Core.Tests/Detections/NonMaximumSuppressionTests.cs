using CsCheck;
using NanoDet.Core.Detections;
using NanoDet.Core.Geometry;

namespace NanoDet.Core.Tests.Detections;

public sealed class NonMaximumSuppressionTests
{
    private static readonly Gen<DetectedObject[]> Candidates = Gen.Select(Gen.Int[0, 2], Gen.Float[0, 1], Gen.Double[0, 50], Gen.Double[0, 50], Gen.Double[1, 50])
        .Select((label, score, x, y, side) => new DetectedObject(label, score, new BoundingBox(x, y, x + side, y + side))).Array[0, 60];

    [Fact]
    public void The_weaker_of_two_overlapping_boxes_of_a_class_goes_and_other_classes_stay()
    {
        DetectedObject best = new(0, 0.9f, new(0, 0, 10, 10)), weaker = new(0, 0.8f, new(0, 0, 10, 9)), other = new(1, 0.7f, new(0, 0, 10, 9));

        Assert.Equal([best, other], new NonMaximumSuppression().Apply([weaker, other, best]));
    }

    [Fact]
    public void An_overlap_of_exactly_the_threshold_stays()
    {
        DetectedObject best = new(0, 0.9f, new(0, 0, 10, 10)), half = new(0, 0.8f, new(0, 0, 10, 5));

        Assert.Equal([best, half], new NonMaximumSuppression(IouThreshold: 0.5).Apply([best, half]));
    }

    [Fact]
    public void What_stays_does_not_overlap_and_what_goes_is_covered_by_something_better()
        => Candidates.Sample(candidates =>
        {
            var kept = new NonMaximumSuppression(0.5, int.MaxValue).Apply(candidates);

            foreach (var detection in candidates.Except(kept))
            {
                Assert.Contains(kept, better => Covers(better, detection) && better.Score >= detection.Score);
            }

            for (var i = 0; i < kept.Length; i++)
            {
                Assert.DoesNotContain(kept[..i], better => Covers(better, kept[i]));
            }
        });

    [Fact]
    public void A_limit_keeps_the_best_of_all_classes()
        => Candidates.Sample(candidates => Assert.Equal(
            new NonMaximumSuppression(0.5, int.MaxValue).Apply(candidates).Take(5), new NonMaximumSuppression(0.5, 5).Apply(candidates)));

    private static bool Covers(DetectedObject better, DetectedObject detection)
        => better.Label == detection.Label && better.Box.IntersectionOverUnion(detection.Box) > 0.5;
}
