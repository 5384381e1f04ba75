using System.Globalization;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Training.Diagnostics;

namespace NanoDet.Training.Weights.Deployed;

/// <summary>
/// Reads a model for ncnn: the text <c>.param</c> has one layer a line, and <c>.bin</c> beside it the weights in the
/// order of the layers, in 32 or 16 bits.
/// </summary>
internal static class NcnnNetworkReader
{
    /// <summary>The first line of the text.</summary>
    public const string Magic = "7767517";

    private const int LargestText = 8 << 20;

    /// <summary>Reads both files.</summary>
    /// <param name="path">The text; the weights have the same name with <c>.bin</c>.</param>
    /// <exception cref="InvalidDataException">The files are damaged, or do not belong together.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses a file.</exception>
    /// <exception cref="NanoDetException">NDB4111: the weights cannot be taken out.</exception>
    public static DeployedNetwork Read(string path)
        => Read(path, RegularFile.ReadAllText(path, LargestText), RegularFile.ReadAllBytes(Path.ChangeExtension(path, ".bin")));

    /// <summary>Reads a model in memory.</summary>
    /// <param name="path">The path of the text, for messages.</param>
    /// <param name="text">The text.</param>
    /// <param name="weights">The weights.</param>
    /// <exception cref="InvalidDataException">They are damaged, or do not belong together.</exception>
    /// <exception cref="NanoDetException">NDB4111: the weights cannot be taken out.</exception>
    public static DeployedNetwork Read(string path, string text, ReadOnlyMemory<byte> weights)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (lines is not [Magic, var counts, .. var layers] || counts.Split(' ') is not [var count, ..] || count != layers.Length.ToString(CultureInfo.InvariantCulture))
        {
            throw new InvalidDataException("its first lines are not those of a model for ncnn, or lines are missing");
        }

        var builder = new DeployedNetworkBuilder();
        var operations = new NcnnOperations(builder);
        var (made, taken) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        var numbers = new NcnnWeightReader(weights);
        DeployedInput? input = null;
        foreach (var line in layers)
        {
            var layer = NcnnLayer.Parse(line);
            input ??= layer.Type == "Input" ? DeployedInput.Of(layer.Number(0), layer.Number(1)) : null;
            made.AddRange(layer.Outputs);
            taken.UnionWith(layer.Inputs);
            if (layer.Type is "Convolution" or "ConvolutionDepthWise")
            {
                if (layer is not { Inputs: [var source], Outputs: [var output] })
                {
                    throw new InvalidDataException("a convolution has another number of inputs or outputs than one");
                }

                builder.Convolve(source, output, before => Convolution(path, layer, numbers, before));
                operations.Activate(layer, output);
            }
            else if (layer.Type == "MemoryData")
            {
                // Constants, such as scales, which a converter left among the weights.
                operations.Constant(layer, numbers.Skip(layer.Number(0), layer.Number(1), layer.Number(2)));
            }
            else if (!operations.Add(layer))
            {
                throw new NanoDetException(WeightDiagnostics.NotTakenOut(path, $"it has a layer '{DiagnosticText.Shorten(layer.Type)}', and only the weights of convolutions can be taken out"));
            }
        }

        return numbers.IsAtEnd
            ? builder.Build(made.Where(value => !taken.Contains(value))) with { Input = input }
            : throw new InvalidDataException("its weights have more bytes than its layers use");
    }

    private static DeployedConvolution Convolution(string path, NcnnLayer layer, NcnnWeightReader numbers, DeployedOperation input)
    {
        var (outputs, kernel, stride, padding) = (layer.Number(0), layer.Number(1), layer.Number(3, 1), layer.Number(4, 0));
        var (size, groups) = (layer.Number(6), layer.Number(7, 1));
        if (layer.Number(11, kernel) != kernel || layer.Number(13, stride) != stride || layer.Number(2, 1) != 1 || layer.Number(12, 1) != 1
            || layer.Number(14, padding) != padding || layer.Number(15, padding) != padding || layer.Number(16, padding) != padding || padding < 0)
        {
            throw new NanoDetException(WeightDiagnostics.NotTakenOut(path, $"the convolution '{DiagnosticText.Shorten(layer.Name)}' differs between its directions"));
        }

        if (layer.Number(8, 0) != 0)
        {
            throw new NanoDetException(WeightDiagnostics.NotTakenOut(path, $"the convolution '{DiagnosticText.Shorten(layer.Name)}' has weights of 8 bits"));
        }

        if (outputs < 1 || kernel is < 1 or > 1024 || stride < 1 || groups < 1 || size < 1 || size % ((long)outputs * kernel * kernel) != 0)
        {
            throw new InvalidDataException("the numbers of a convolution contradict each other");
        }

        var weight = numbers.Tagged(size) ?? throw new NanoDetException(WeightDiagnostics.NotTakenOut(path, $"the convolution '{DiagnosticText.Shorten(layer.Name)}' has weights of 8 bits"));
        var bias = layer.Number(5, 0) != 0 ? numbers.Plain(outputs) : new float[outputs];
        return new DeployedConvolution(
            layer.Name, WeightTensor.Of(weight, outputs, size / ((long)outputs * kernel * kernel), kernel, kernel), bias, stride, padding, groups, input);
    }
}
