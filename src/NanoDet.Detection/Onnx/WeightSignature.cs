namespace NanoDet.Detection.Onnx;

/// <summary>Recognises files that have the weights of a model and are no ONNX model, by their first bytes.</summary>
internal static class WeightSignature
{
    /// <summary>What a file is and how it becomes an ONNX model, in words; null for any other file.</summary>
    /// <param name="content">The file's bytes.</param>
    public static string? Explain(ReadOnlySpan<byte> content)
    {
        var kind = content switch
        {
            [(byte)'P', (byte)'K', 3, 4, ..] or [0x80, 2, ..] => "weights of PyTorch",
            [_, _, _, _, _, _, _, _, (byte)'{', ..] => "weights in safetensors",
            _ when content.StartsWith("7767517"u8) => "a model for ncnn",
            _ => null,
        };
        return kind is null ? null : $"it has {kind}; 'nanodet convert-weights' makes an ONNX model of such a file";
    }
}
