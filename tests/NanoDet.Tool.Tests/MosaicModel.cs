namespace NanoDet.Tool.Tests;

/// <summary>
/// A model that sees a picture as a mosaic of 8 by 8: in each tile one object for blue, green and red whose score is how much
/// of it is there. Pictures that differ in colours, or are turned, give other detections.
/// </summary>
internal static class MosaicModel
{
    private const int Side = 64;
    private const int Tiles = 64;
    private const int Rows = Tiles + 16 + 4 + 1;
    private const int Bins = 8;

    /// <summary>Writes the model.</summary>
    public static string Write(string path)
    {
        var distances = new float[Rows * 4 * Bins];
        for (var side = 0; side < distances.Length; side += Bins)
        {
            // All the weight on a distance of one stride.
            distances[side + 1] = 40;
        }

        byte[] graph = [
            .. OnnxBytes.Node("AveragePool", ["data"], "means", OnnxBytes.Numbers("kernel_shape", 8, 8), OnnxBytes.Numbers("strides", 8, 8)),
            .. OnnxBytes.Node("Reshape", ["means", "flat"], "tiles"),
            .. OnnxBytes.Node("Transpose", ["tiles"], "rows", OnnxBytes.Numbers("perm", 0, 2, 1)),
            .. OnnxBytes.Node("Sigmoid", ["rows"], "scores"),
            .. OnnxBytes.Node("Concat", ["scores", "others"], "classes", OnnxBytes.Number("axis", 1)),
            .. OnnxBytes.Node("Concat", ["classes", "distances"], "output", OnnxBytes.Number("axis", 2)),
            .. OnnxBytes.Text(2, "mosaic"),
            .. OnnxBytes.Weight("flat", [3], [1L, 3, Tiles]),
            .. OnnxBytes.Weight("others", [1, Rows - Tiles, 3], new float[(Rows - Tiles) * 3]),
            .. OnnxBytes.Weight("distances", [1, Rows, 4 * Bins], distances),
            .. OnnxBytes.Input("data", 1, 3, Side, Side), .. OnnxBytes.Output("output", 1, Rows, 3 + (4 * Bins))];
        var metadata = FixedModel.Metadata(["blue", "green", "red"]) with { ScoreThreshold = 0.02, MaxDetections = 3 * Tiles };
        File.WriteAllBytes(path, OnnxBytes.Model(graph, metadata));
        return path;
    }
}
