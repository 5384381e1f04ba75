using NanoDet.Core.Diagnostics;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Export;
using NanoDet.Training.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Weights.Deployed;

/// <summary>
/// Gives the convolutions of a file for detection the names of a network that can be trained. A normalisation that was folded into
/// a convolution gets statistics and factors with which it changes nothing but adds the bias: the network detects what the file
/// detects. What the statistics were is not in the file.
/// </summary>
internal static class DeployedWeights
{
    /// <summary>Finds the convolutions of a file in a network: each is like its own, and takes what its own takes.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="file">What it has.</param>
    /// <param name="network">The network, of which the structure is used, and new weights where a file has none; the number of its classes may be another.</param>
    /// <param name="found">The number of convolutions that were found, also where others were not.</param>
    /// <param name="part">How the names of the part of it that is wanted begin; empty for all of it. Of a part, the file may have more.</param>
    /// <returns>The tensors by their names in the network, and the name in the file of the convolution that each comes from.</returns>
    /// <exception cref="NanoDetException">NDB4110: the file is of another network; NDB4111: it cannot be trained again.</exception>
    public static (OrderedDictionary<string, WeightTensor> Tensors, IReadOnlyDictionary<string, string> Origins) Restore(
        string path, DeployedNetwork file, DetectionNetwork network, out int found, string part = "")
    {
        found = 0;
        var layers = NetworkLayers.Of(network);
        if (layers.Others(network).Select(other => other.Name).FirstOrDefault(IsWanted) is { } other)
        {
            throw new NanoDetException(WeightDiagnostics.NotTakenOut(path, $"the network has weights outside of convolutions, in '{other}'"));
        }

        var own = OnnxNetworkReader.Read(path, layers.Model);
        // A part that comes first in the network is the beginning of what runs.
        var wanted = layers.Layers.TakeWhile(layer => IsWanted(layers.Modules[layer.Convolution.Source])).ToList();
        var places = Match(path, file, own with { Convolutions = own.Convolutions[..wanted.Count] }, isWhole: part.Length == 0, ref found);
        var tensors = new OrderedDictionary<string, WeightTensor>(StringComparer.Ordinal);
        var origins = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (i, (_, folded)) in wanted.Index())
        {
            var (convolution, before) = (file.Convolutions[places[i]], tensors.Count);
            Add(path, tensors, convolution, folded, layers.Modules);
            foreach (var name in tensors.Keys.Skip(before))
            {
                origins[name] = convolution.Name;
            }
        }

        return (tensors, origins);

        bool IsWanted(string name) => name.StartsWith(part, StringComparison.Ordinal);
    }

    /// <summary>The number in the file of each convolution of the network, or of its first ones.</summary>
    private static int[] Match(string path, DeployedNetwork file, DeployedNetwork own, bool isWhole, ref int found)
    {
        var (taken, places) = (new bool[file.Convolutions.Length], new int[own.Convolutions.Length]);
        var comparison = new OperationComparison(places);
        string? problem = null;
        foreach (var (i, convolution) in own.Convolutions.Index())
        {
            var sources = convolution.Input.Sources.Map(places);
            var withRows = !ClassRows.Concerns($"{convolution.Name}.weight");
            var candidates = Enumerable.Range(0, taken.Length)
                .Where(j => !taken[j] && convolution.IsLike(file.Convolutions[j], withRows) && file.Convolutions[j].Input.Sources.Equals(sources)).ToArray();
            if (candidates is [])
            {
                throw new NanoDetException(WeightDiagnostics.OtherNetwork(path, problem ?? $"it has no convolution like '{convolution.Name}' ({convolution.Describe()}) in its place"));
            }

            var differences = candidates.Select(j => comparison.Difference(convolution.Input, file.Convolutions[j].Input)).ToArray();
            var same = Array.IndexOf(differences, null);
            problem ??= same < 0 ? differences[0] : null;
            places[i] = candidates[Math.Max(same, 0)]; // Goes on after a difference, to tell how near the network is.
            taken[places[i]] = true;
            found++;
        }

        problem ??= !isWhole ? null
            : Array.IndexOf(taken, false) is >= 0 and var left
            ? $"the network has nothing like its convolution '{DiagnosticText.Shorten(file.Convolutions[left].Name)}' ({file.Convolutions[left].Describe()})"
            : Outputs(file, own, comparison);
        return problem is null ? places : throw new NanoDetException(WeightDiagnostics.OtherNetwork(path, problem));
    }

    /// <summary>
    /// What the file gives and the network does not; null for nothing. The first NanoDet gave classes and distances of each stride as
    /// outputs of their own, and a file with the decoding inside gives what it decodes from the predictions.
    /// </summary>
    private static string? Outputs(DeployedNetwork file, DeployedNetwork own, OperationComparison comparison)
    {
        var whole = file.Outputs.Select(output => comparison.Difference(own.Outputs[0], output)).ToArray();
        if (whole is [var difference])
        {
            return difference;
        }

        if (file.Operations.Any(operation => comparison.Difference(own.Outputs[0], operation) is null))
        {
            return null;
        }

        return file.Outputs.Select(Map).Where(map => !own.Operations.Any(operation => comparison.Difference(operation, map) is null))
            .Select(map => $"its output of '{DiagnosticText.Shorten(map.Name)}' ({map.Describe()}) is none of the network").FirstOrDefault(file.Outputs is [] ? "it has no output" : null);

        static DeployedOperation Map(DeployedOperation output) => output is { Kind: "Reshape" or "Transpose" or "Permute", Inputs: [var input] } ? Map(input) : output;
    }

    private static void Add(
        string path, OrderedDictionary<string, WeightTensor> tensors, DeployedConvolution found, FoldedConvolution folded, IReadOnlyDictionary<nn.Module, string> modules)
    {
        var name = modules[folded.Source];
        tensors[$"{name}.weight"] = found.Weight;
        if (folded.Source.bias is not null)
        {
            tensors[$"{name}.bias"] = WeightTensor.Of(folded.Normalization is null ? found.Bias : new float[found.Bias.Length], found.Bias.Length);
        }
        else if (folded.Normalization is null && found.Bias.Any(value => value != 0))
        {
            throw new NanoDetException(WeightDiagnostics.OtherNetwork(path, $"'{name}' has a bias there, and none in the network"));
        }

        if (folded.Normalization is { } normalization)
        {
            Add(tensors, modules[normalization], normalization, found.Bias);
        }

        // The first branch of a block of RepVGG computes all; the others begin at nothing. Their factors are zero, and their
        // convolution has new weights, because with zeros in both no gradient would ever change them.
        if (folded.Branches is { } block)
        {
            var pointwise = (Conv2d)block.Pointwise![0];
            tensors[$"{modules[pointwise]}.weight"] = TensorContent.Read(pointwise.weight);
            foreach (var idle in new[] { (BatchNorm2d)block.Pointwise[1], block.Identity }.OfType<BatchNorm2d>())
            {
                Add(tensors, modules[idle], idle, new float[found.Bias.Length]);
                tensors[$"{modules[idle]}.weight"] = WeightTensor.Of(new float[found.Bias.Length], found.Bias.Length);
            }
        }
    }

    private static void Add(OrderedDictionary<string, WeightTensor> tensors, string name, BatchNorm2d normalization, float[] bias)
    {
        var ones = Enumerable.Repeat(1f, bias.Length).ToArray();
        var variance = Enumerable.Repeat((float)(1 - normalization.eps), bias.Length).ToArray();
        tensors[$"{name}.weight"] = WeightTensor.Of(ones, bias.Length);
        tensors[$"{name}.bias"] = WeightTensor.Of(bias, bias.Length);
        tensors[$"{name}.running_mean"] = WeightTensor.Of(new float[bias.Length], bias.Length);
        tensors[$"{name}.running_var"] = WeightTensor.Of(variance, bias.Length);
    }
}
