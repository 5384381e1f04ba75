using Microsoft.ML.OnnxRuntime;
using NanoDet.Core.Diagnostics;
using NanoDet.Detection.Diagnostics;

namespace NanoDet.Detection.Inference;

/// <summary>Opens ONNX Runtime sessions.</summary>
internal static class Session
{
    /// <summary>Loads a prepared model with all optimisations, within the limits of <see cref="RuntimeMemory"/>.</summary>
    /// <exception cref="NanoDetException">NDB6005 or NDB6009.</exception>
    public static InferenceSession Open(byte[] model, DetectorOptions options, string path)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads);
        RuntimeTelemetry.Disable();
        using var session = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            IntraOpNumThreads = options.Threads,
            InterOpNumThreads = 1,
            // Failures are exceptions; other messages of the runtime about a model do not concern the user.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        RuntimeMemory.Bound(session);
        AddDevice(session, options);
        try
        {
            return new InferenceSession(model, session);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new NanoDetException(DetectionDiagnostics.ModelRefused(path, FirstLine(exception)), exception);
        }
    }

    /// <summary>Returns the first line of ONNX Runtime's message.</summary>
    public static string FirstLine(OnnxRuntimeException exception)
    {
        var line = exception.Message.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        line = (end < 0 ? line : line[..end]).TrimEnd(" .");
        return line.Length <= 300 ? line.ToString() : $"{line[..300]}…";
    }

    private static void AddDevice(SessionOptions session, DetectorOptions options)
    {
        try
        {
            switch (options.Device)
            {
                case ExecutionDevice.Cuda:
                    session.AppendExecutionProvider_CUDA(options.DeviceId);
                    break;
                case ExecutionDevice.DirectMl:
                    // DirectML requires that memory patterns and parallel execution are off.
                    session.EnableMemoryPattern = false;
                    session.ExecutionMode = ExecutionMode.ORT_SEQUENTIAL;
                    session.AppendExecutionProvider_DML(options.DeviceId);
                    break;
            }
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or EntryPointNotFoundException)
        {
            var (device, package) = options.Device == ExecutionDevice.Cuda
                ? ("CUDA", "Microsoft.ML.OnnxRuntime.Gpu")
                : ("DirectML", "Microsoft.ML.OnnxRuntime.DirectML");
            var reason = exception is OnnxRuntimeException failure ? FirstLine(failure) : "this build of ONNX Runtime does not support it";
            throw new NanoDetException(DetectionDiagnostics.DeviceUnavailable(device, package, reason), exception);
        }
    }
}
