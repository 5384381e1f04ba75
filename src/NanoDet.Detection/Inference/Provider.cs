using Microsoft.ML.OnnxRuntime;

namespace NanoDet.Detection.Inference;

/// <summary>An execution provider of ONNX Runtime.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Package">The package that has it.</param>
/// <param name="RuntimeName">What ONNX Runtime calls it.</param>
/// <param name="Append">Adds it to the settings of a session, with the index of a GPU.</param>
internal sealed record Provider(string Name, string Package, string RuntimeName, Action<SessionOptions, int> Append)
{
    private const string CpuName = "CPUExecutionProvider";
    private const string GpuPackage = "Microsoft.ML.OnnxRuntime.Gpu";

    /// <summary>Whether it is a device that may be missing.</summary>
    public bool IsDevice => RuntimeName != CpuName;

    /// <summary>Returns a provider.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none of that number.</exception>
    public static Provider Of(ExecutionProvider provider) => provider switch
    {
        ExecutionProvider.Cpu => new("The CPU", "Microsoft.ML.OnnxRuntime", CpuName, (_, _) => { }),
        ExecutionProvider.Cuda => new("CUDA", GpuPackage, "CUDAExecutionProvider", (session, device) => session.AppendExecutionProvider_CUDA(device)),
        ExecutionProvider.TensorRt => new("TensorRT", GpuPackage, "TensorrtExecutionProvider", AppendTensorRt),
        ExecutionProvider.DirectMl => new("DirectML", "Microsoft.ML.OnnxRuntime.DirectML", "DmlExecutionProvider", AppendDirectMl),
        ExecutionProvider.CoreMl => new("CoreML", "Microsoft.ML.OnnxRuntime", "CoreMLExecutionProvider", (session, _) => session.AppendExecutionProvider("CoreML")),
        ExecutionProvider.OpenVino => new("OpenVINO", "Intel.ML.OnnxRuntime.OpenVino", "OpenVINOExecutionProvider", (session, _) => session.AppendExecutionProvider("OpenVINO")),
        _ => throw new ArgumentOutOfRangeException(nameof(provider), provider, "There is no such execution provider"),
    };

    // What TensorRT does not know goes to the next provider, which should be on the same GPU.
    private static void AppendTensorRt(SessionOptions session, int device)
    {
        session.AppendExecutionProvider_Tensorrt(device);
        session.AppendExecutionProvider_CUDA(device);
    }

    private static void AppendDirectMl(SessionOptions session, int device)
    {
        // DirectML requires that memory patterns and parallel execution are off.
        session.EnableMemoryPattern = false;
        session.ExecutionMode = ExecutionMode.ORT_SEQUENTIAL;
        session.AppendExecutionProvider_DML(device);
    }
}
