using System.Runtime.InteropServices;
using NanoDet.Core.Diagnostics;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Export.Schema;

namespace NanoDet.Training.Conversion;

/// <summary>
/// Checks the numbers of a model to write. Weights that are finite may give others: a normalisation is folded into them, and 16 bits
/// have a smaller range.
/// </summary>
internal static class WrittenNumbers
{
    /// <summary>Requires that all numbers of a model can be written.</summary>
    /// <param name="path">The file that was read, for messages.</param>
    /// <param name="model">The model with 32 bits, an ONNX file.</param>
    /// <param name="isHalf">Whether it is written with 16 bits.</param>
    /// <exception cref="NanoDetException">NDB4107.</exception>
    public static void RequireFinite(string path, byte[] model, bool isHalf)
    {
        var largest = isHalf ? (float)Half.MaxValue : float.MaxValue;
        var bad = ModelProto.Parser.ParseFrom(model).Graph.Initializer.Where(tensor => tensor.DataType == (int)TensorProto.Types.DataType.Float)
            .FirstOrDefault(tensor => !AreWithin(MemoryMarshal.Cast<byte, float>(tensor.RawData.Span), largest));
        if (bad is not null)
        {
            throw new NanoDetException(WeightDiagnostics.NotFinite(path, bad.Name, largest));
        }
    }

    private static bool AreWithin(ReadOnlySpan<float> values, float largest)
    {
        foreach (var value in values)
        {
            if (!(Math.Abs(value) <= largest))
            {
                return false;
            }
        }

        return true;
    }
}
