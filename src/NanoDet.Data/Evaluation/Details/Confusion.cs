using System.Collections.Immutable;

namespace NanoDet.Data.Evaluation.Details;

/// <summary>One cell of a confusion matrix that is not 0.</summary>
/// <param name="Label">The class of the objects; null for the background: detections where there is no object.</param>
/// <param name="DetectedAs">The class of the detections; null for the background: objects that were missed.</param>
/// <param name="Count">How many there are.</param>
public sealed record Confusion(int? Label, int? DetectedAs, int Count)
{
    /// <summary>Counts the pairs of images; ignored objects, and detections of them, are in no cell.</summary>
    /// <returns>The cells, row by row in label order, the background last.</returns>
    internal static ImmutableArray<Confusion> Of(IEnumerable<JudgedImage> images) =>
    [
        .. images.SelectMany(image => image.Boxes).Select(CellOf).OfType<(int? Label, int? DetectedAs)>().CountBy(cell => cell)
            .Select(cell => new Confusion(cell.Key.Label, cell.Key.DetectedAs, cell.Value))
            .OrderBy(cell => cell.Label ?? int.MaxValue).ThenBy(cell => cell.DetectedAs ?? int.MaxValue),
    ];

    // A pair is counted once, at its object.
    private static (int? Label, int? DetectedAs)? CellOf(JudgedBox box) => (box.Outcome, box.Score) switch
    {
        (BoxOutcome.Right, null) => (box.Label, box.Label),
        (BoxOutcome.OtherClass, null) => (box.Label, box.OtherLabel),
        (BoxOutcome.Wrong, null) => (box.Label, null),
        (BoxOutcome.Wrong, _) => (null, box.Label),
        _ => null,
    };
}
