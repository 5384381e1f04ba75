namespace NanoDet.Detection;

/// <summary>What a model runs on.</summary>
public enum ExecutionDevice
{
    /// <summary>The processor: always there.</summary>
    Cpu,

    /// <summary>An NVIDIA card; the program adds the package <c>Microsoft.ML.OnnxRuntime.Gpu</c>.</summary>
    Cuda,

    /// <summary>Any graphics card on Windows; the program adds the package <c>Microsoft.ML.OnnxRuntime.DirectML</c>.</summary>
    DirectMl,
}
