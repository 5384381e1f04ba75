namespace NanoDet.Detection;

/// <summary>
/// What runs the network. All but the CPU need another package of ONNX Runtime, which takes the place of the CPU's when the program
/// references it.
/// </summary>
public enum ExecutionProvider
{
    /// <summary>The CPU, which is always available.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU; the package <c>Microsoft.ML.OnnxRuntime.Gpu</c>.</summary>
    Cuda,

    /// <summary>An NVIDIA GPU with TensorRT, which leaves what it does not know to CUDA; the package <c>Microsoft.ML.OnnxRuntime.Gpu</c>.</summary>
    TensorRt,

    /// <summary>Any GPU on Windows; the package <c>Microsoft.ML.OnnxRuntime.DirectML</c>.</summary>
    DirectMl,

    /// <summary>The neural engine or GPU of a Mac; the package <c>Microsoft.ML.OnnxRuntime</c> for macOS has it.</summary>
    CoreMl,

    /// <summary>Intel's processors and GPUs; the package <c>Intel.ML.OnnxRuntime.OpenVino</c>.</summary>
    OpenVino,
}
