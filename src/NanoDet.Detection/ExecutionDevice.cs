namespace NanoDet.Detection;

/// <summary>The device that a model runs on.</summary>
public enum ExecutionDevice
{
    /// <summary>The CPU, which is always available.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU; the program must reference the package <c>Microsoft.ML.OnnxRuntime.Gpu</c>.</summary>
    Cuda,

    /// <summary>Any GPU on Windows; the program must reference the package <c>Microsoft.ML.OnnxRuntime.DirectML</c>.</summary>
    DirectMl,
}
