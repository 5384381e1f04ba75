using NanoDet.Training.Models.Layers.Attention;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Export;

/// <summary>
/// Writes attention with plain operators, all of operator set 11: deployments of NanoDet-t read them, while newer operators for
/// attention and layer normalisation would ask for newer runtimes.
/// </summary>
internal static class AttentionGraph
{
    /// <summary>Writes the encoders over the pixels of a map.</summary>
    /// <param name="graph">The graph to write to.</param>
    /// <param name="path">The block's name in the network.</param>
    /// <param name="x">The map.</param>
    /// <param name="block">The block.</param>
    /// <param name="embedding">What is added to each pixel, [H W, 1, C].</param>
    /// <exception cref="ArgumentException">The embedding is that of another size.</exception>
    public static Value Transformer(this OnnxGraph graph, string path, Value x, TransformerBlock block, Parameter embedding)
    {
        var map = graph.Layer($"{path}.conv", x, block.Convolution);
        var places = map.Height * map.Width;
        if (places != embedding.shape[0])
        {
            throw new ArgumentException($"the position embedding is for {embedding.shape[0]} pixels, and the map has {places}", nameof(embedding));
        }

        var (rows, channels) = ($"{path}.rows", map.Channels);
        var y = graph.Transpose(rows, graph.Reshape($"{path}.flat", map.Name, graph.Batch, channels, places), 0, 2, 1);
        y = graph.Node("Add", $"{path}.placed", [y, graph.Constant($"{path}.pos_embed", [1, places, channels], TensorNumbers.Of(embedding))]);
        foreach (var (i, encoder) in block.Encoders.Index())
        {
            y = graph.Encoder($"{path}.encoders.{i}", y, places, encoder);
        }

        var columns = graph.Transpose($"{path}.columns", y, 0, 2, 1);
        return map with { Name = graph.Reshape(path, columns, graph.Batch, channels, map.Height, map.Width) };
    }

    private static string Encoder(this OnnxGraph graph, string path, string x, long places, AttentionEncoder encoder)
    {
        var mixed = graph.Attention($"{path}.attn", graph.Normalize($"{path}.norm1", x, encoder.AttentionNorm), places, encoder.Attention);
        var y = graph.Node("Add", $"{path}.attended", [x, mixed]);
        var hidden = graph.Product($"{path}.mlp.fc1", graph.Normalize($"{path}.norm2", y, encoder.PerceptronNorm), encoder.Perceptron.First.weight, encoder.Perceptron.First.bias!);
        hidden = graph.Layer($"{path}.mlp.act", new Value(hidden, places, encoder.Perceptron.First.out_features, 1), encoder.Perceptron.Activation).Name;
        return graph.Node("Add", path, [y, graph.Product($"{path}.mlp.fc2", hidden, encoder.Perceptron.Second.weight, encoder.Perceptron.Second.bias!)]);
    }

    private static string Attention(this OnnxGraph graph, string path, string x, long places, SelfAttention attention)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var channels = attention.Output.in_features;
        var width = channels / attention.Heads;
        Tensor[] weights = attention.InputWeight.chunk(3, 0), biases = attention.InputBias.chunk(3, 0);
        var query = graph.Node("Mul", $"{path}.query.scaled", [Heads("query", 0, 0, 2, 1, 3), graph.Constant($"{path}.scale", [], [1 / float.Sqrt(width)])]);
        var scores = graph.Node("MatMul", $"{path}.scores", [query, Heads("key", 1, 0, 2, 3, 1)]);
        var shares = graph.Node("Softmax", $"{path}.shares", [scores], OnnxGraph.Number("axis", 3));
        var mixed = graph.Node("MatMul", $"{path}.mixed", [shares, Heads("value", 2, 0, 2, 1, 3)]);
        var joined = graph.Reshape($"{path}.joined", graph.Transpose($"{path}.places", mixed, 0, 2, 1, 3), graph.Batch, places, channels);
        return graph.Product($"{path}.out_proj", joined, attention.Output.weight, attention.Output.bias!);

        string Heads(string name, int part, params ReadOnlySpan<long> order)
        {
            var product = graph.Product($"{path}.{name}", x, weights[part], biases[part]);
            return graph.Transpose($"{path}.{name}.turned", graph.Reshape($"{path}.{name}.heads", product, graph.Batch, places, attention.Heads, width), order);
        }
    }

    /// <summary>The product of each place with a matrix, and a bias.</summary>
    private static string Product(this OnnxGraph graph, string path, string x, Tensor weight, Tensor bias)
    {
        using var scope = NewDisposeScope();
        var matrix = graph.Constant($"{path}.weight", [weight.shape[1], weight.shape[0]], TensorNumbers.Of(weight.t()));
        return graph.Node("Add", path, [graph.Node("MatMul", $"{path}.product", [x, matrix]), graph.Constant($"{path}.bias", [weight.shape[0]], TensorNumbers.Of(bias))]);
    }
}
