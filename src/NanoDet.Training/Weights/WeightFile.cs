using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Weights.Deployed;
using NanoDet.Training.Weights.Pickles;

namespace NanoDet.Training.Weights;

/// <summary>Reads weights in any supported file format; the content decides, not the extension.</summary>
public static class WeightFile
{
    /// <summary>Reads a safetensors file, a PyTorch checkpoint in its zip form or the older plain pickle form, or an ONNX model.</summary>
    /// <exception cref="NanoDetException">NDB4100 to NDB4104: the file cannot be opened, is damaged, asks for more than tensors, or contains none; NDB4107: a weight is not a finite number; NDB4111: the weights of an ONNX model cannot be taken out.</exception>
    public static WeightSet Read(string path) => Guard(path, () =>
    {
        var content = RegularFile.ReadAllBytes(path);
        return content switch
        {
            [(byte)'P', (byte)'K', 3, 4, ..] => Weights(path, ZipCheckpoint.Read(content)),
            [0x80, 2, 0x8A, 10, ..] => Weights(path, LegacyCheckpoint.Read(content)),
            [_, _, _, _, _, _, _, _, (byte)'{', ..] => SafetensorsReader.Read(content),
            [OnnxNetworkReader.FirstByte, ..] => OnnxNetworkReader.Read(path, content),
            _ => throw new NanoDetException(LargeFilePointer.Is(content) ? WeightDiagnostics.Unreadable(path, LargeFilePointer.Told) : WeightDiagnostics.UnknownFormat(path)),
        };
    });

    /// <summary>Reads any of these, or a model for ncnn, which is two files: <c>.param</c>, and <c>.bin</c> beside it.</summary>
    /// <exception cref="NanoDetException">As for <see cref="Read"/>.</exception>
    public static WeightSet ReadAny(string path) => Path.GetExtension(path).ToLowerInvariant() is ".param" or ".bin"
        ? Guard(path, () => new WeightSet([], new Dictionary<string, string>()) { Deployed = NcnnNetworkReader.Read(Path.ChangeExtension(path, ".param")) })
        : Read(path);

    private static WeightSet Guard(string path, Func<WeightSet> read)
    {
        try
        {
            return RequireFinite(path, read());
        }
        catch (ForbiddenPickleException exception)
        {
            throw new NanoDetException(WeightDiagnostics.MoreThanTensors(path, exception.Message), exception);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw new NanoDetException(WeightDiagnostics.Damaged(path, exception.Message), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NanoDetException(WeightDiagnostics.Unreadable(path, exception.Message), exception);
        }
    }

    /// <summary>A network with such a number computes nothing else, so it detects nothing and cannot be trained.</summary>
    private static WeightSet RequireFinite(string path, WeightSet weights)
    {
        var name = weights.Tensors.FirstOrDefault(tensor => !tensor.Value.IsFinite).Key
            ?? weights.Deployed?.Convolutions.FirstOrDefault(convolution => !convolution.Weight.IsFinite || !convolution.Bias.All(float.IsFinite))?.Name;
        return name is null ? weights : throw new NanoDetException(WeightDiagnostics.NotFinite(path, name));
    }

    private static WeightSet Weights(string path, WeightSet? weights) => weights ?? throw new NanoDetException(WeightDiagnostics.NoWeights(path));
}
