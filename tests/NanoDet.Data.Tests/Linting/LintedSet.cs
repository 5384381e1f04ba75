using System.Collections.Immutable;
using NanoDet.Core.Geometry;
using NanoDet.Data.Datasets;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Linting;

namespace NanoDet.Data.Tests.Linting;

/// <summary>
/// Images as a model sees them mostly: two objects of each of two classes, which it finds where they are labelled, and a weak detection of
/// nothing. One more image is a test's own.
/// </summary>
internal static class LintedSet
{
    public const int Bolt = 0;
    public const int Nut = 1;

    /// <summary>The number of labels in the other images.</summary>
    public const int UsualLabels = 4 * Usual;

    private const int Usual = 40;
    private const int Side = 200;

    /// <summary>The number of the test's own image.</summary>
    public const int Own = Usual;

    public static BoundingBox Box(double left, double top, double size = 40) => new(left, top, left + size, top + size);

    public static DatasetObject Object(int label, BoundingBox box) => new(label, box);

    public static EvaluationDetection Found(int label, BoundingBox box, double score) => new(Own, label, box, score);

    /// <summary>The findings about the test's own image.</summary>
    public static ImmutableArray<LabelFinding> Findings(DatasetObject[] labels, params EvaluationDetection[] detections)
        => [.. Run(labels, detections, LintOptions.Default).Findings.Where(finding => finding.Image == Own)];

    public static LintFindings Run(DatasetObject[] labels, EvaluationDetection[] detections, LintOptions options)
    {
        var images = new List<(int, DatasetImage)> { (Own, Image(Own, labels)) };
        var found = new List<EvaluationDetection>(detections);
        for (var i = 0; i < Usual; i++)
        {
            DatasetObject[] objects = [Object(Bolt, Box(10 + (i % 7), 10)), Object(Bolt, Box(110, 12 + (i % 5))), Object(Nut, Box(10, 110 + (i % 3))), Object(Nut, Box(112, 111))];
            images.Add((i, Image(i, objects)));
            found.AddRange(objects.Select((item, index) => new EvaluationDetection(i, item.Label, item.Box, 0.6 + (0.08 * index))));
            found.Add(new(i, i % 2, Box(60, 60), 0.06 + (0.001 * i)));
        }

        return LabelLint.Run(2, images, found, options);
    }

    private static DatasetImage Image(int id, DatasetObject[] objects) => new($"images/{id}.png", $"{id:x64}", Side, Side, DatasetPart.Train, [.. objects]);
}
