using NanoDet.Core.Detections;
using NanoDet.Core.Models;
using NanoDet.Training.Export.Schema;

namespace NanoDet.Training.Export;

/// <summary>Writes the decoding of predictions (<c>get_bboxes</c> of the original's heads) into the graph.</summary>
internal static class Postprocessing
{
    /// <summary>
    /// Declares three outputs, best detection first: <c>boxes</c> [n, 4] as left, top, right, bottom in pixels of the input,
    /// <c>scores</c> [n], and <c>labels</c> [n].
    /// </summary>
    /// <param name="graph">The graph to write to.</param>
    /// <param name="predictions">[1, priors, columns].</param>
    /// <param name="metadata">Strides, thresholds and the rest.</param>
    public static void Detections(this OnnxGraph graph, string predictions, ModelMetadata metadata)
    {
        var classes = metadata.Classes.Length;
        var bins = metadata.RegMax + 1;
        var boxes = graph.Boxes(graph.Columns("post.logits", predictions, classes, classes + (4 * bins)), metadata, bins);
        var scores = graph.Transpose("post.by_class", graph.Columns("post.scores", predictions, 0, classes), 0, 2, 1); // [1, classes, priors]

        // Rows of (image, class, prior).
        var most = graph.Constant("post.most", metadata.MaxDetections);
        var iou = graph.Constant("post.iou", [1], [(float)metadata.IouThreshold]);
        var least = graph.Constant(ModelMetadataProperties.ScoreThresholdConstant, [1], [(float)metadata.ScoreThreshold]);
        var selected = graph.Node("NonMaxSuppression", "post.selected", [boxes, scores, most, iou, least]);

        // The best of all classes together.
        var selectedScores = graph.Node("GatherND", "post.selected_scores", [scores, selected]); // [n]
        var count = graph.Node(
            "Cast", "post.found", [graph.Node("Shape", "post.found_shape", [selectedScores])], OnnxGraph.Number("to", (long)TensorProto.Types.DataType.Float));
        var limit = graph.Node("Min", "post.limit", [count, graph.Constant("post.max", [1], [metadata.MaxDetections])]);
        var k = graph.Node("Cast", "post.count", [limit], OnnxGraph.Number("to", (long)TensorProto.Types.DataType.Int64));
        var best = graph.Node("TopK", "post.best", [selectedScores, k], ["scores", "post.order"], OnnxGraph.Number("axis", 0));
        var kept = graph.Node("Gather", "post.kept", [selected, best[1]], OnnxGraph.Number("axis", 0)); // [n, 3]

        graph.Column("labels", kept, 1);
        var flat = graph.Reshape("post.flat_boxes", boxes, -1, 4);
        graph.Node("Gather", "boxes", [flat, graph.Column("post.priors", kept, 2)], OnnxGraph.Number("axis", 0));
        graph.Output("boxes", TensorProto.Types.DataType.Float, [-1, 4], "detections");
        graph.Output("scores", TensorProto.Types.DataType.Float, [-1], "detections");
        graph.Output("labels", TensorProto.Types.DataType.Int64, [-1], "detections");
    }

    private static string Boxes(this OnnxGraph graph, string logits, ModelMetadata metadata, int bins)
    {
        var split = graph.Reshape("post.distributions", logits, 1, -1, 4, bins);
        var distribution = graph.Node("Softmax", "post.softmax", [split], OnnxGraph.Number("axis", 3));
        var project = graph.Constant("post.project", [bins], [.. Enumerable.Range(0, bins).Select(i => (float)i)]);
        var distances = graph.Node("MatMul", "post.distances", [distribution, project]); // [1, priors, 4], in strides

        var (priors, steps) = Priors(metadata);
        long[] shape = [priors.Length / 4, 4];
        var signed = graph.Node("Mul", "post.offsets", [distances, graph.Constant("post.steps", shape, steps)]);
        var boxes = graph.Node("Add", "post.boxes", [signed, graph.Constant("post.prior_points", shape, priors)]);
        float[] edges = [metadata.InputWidth, metadata.InputHeight, metadata.InputWidth, metadata.InputHeight];
        var inside = graph.Node("Max", "post.boxes_low", [boxes, graph.Constant("post.zero", [4], new float[4])]);
        return graph.Node("Min", "post.boxes_clipped", [inside, graph.Constant("post.edges", [4], edges)]);
    }

    /// <summary>Returns for each prior its point as x, y, x, y, and the stride with the sign of left, top, right, bottom.</summary>
    private static (float[] Points, float[] Steps) Priors(ModelMetadata metadata)
    {
        var (points, steps) = (new List<float>(), new List<float>());
        var offset = BoxDecoder.PriorOffset(metadata.CentredPriors);
        foreach (var stride in metadata.Strides)
        {
            for (var y = 0; y * stride < metadata.InputHeight; y++)
            {
                for (var x = 0; x * stride < metadata.InputWidth; x++)
                {
                    var (px, py) = ((x + offset) * stride, (y + offset) * stride);
                    points.AddRange([px, py, px, py]);
                    steps.AddRange([-stride, -stride, stride, stride]);
                }
            }
        }

        return ([.. points], [.. steps]);
    }

    // Not Split: its parts are an attribute in one operator set and an input in the next.
    private static string Columns(this OnnxGraph graph, string name, string table, int first, int end) => graph.Node(
        "Slice", name, [table, graph.Constant($"{name}.first", first), graph.Constant($"{name}.end", end), graph.Constant($"{name}.axis", 2L)]);

    private static string Column(this OnnxGraph graph, string name, string table, int column)
        => graph.Node("Gather", name, [table, graph.Index($"{name}.column", column)], OnnxGraph.Number("axis", 1));
}
