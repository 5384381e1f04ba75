using Microsoft.ML.OnnxRuntime;
using NanoDet.Core.Diagnostics;
using NanoDet.Detection.Diagnostics;

namespace NanoDet.Detection.Inference;

/// <summary>Opens ONNX Runtime sessions.</summary>
internal static class Session
{
    /// <summary>
    /// Loads a prepared model with all optimisations, within the limits of <see cref="RuntimeMemory"/>, on the first provider of
    /// the options that can run it.
    /// </summary>
    /// <exception cref="NanoDetException">NDB6005 or NDB6009.</exception>
    public static OpenSession Open(byte[] model, DetectorOptions options, string path)
    {
        var available = AvailableProviders();
        var missing = new List<(string Provider, string Package, string Reason)>();
        foreach (var choice in options.Providers)
        {
            var provider = Provider.Of(choice);
            var (session, reason) = available.Contains(provider.RuntimeName)
                ? TryOpen(model, provider, options, path)
                : (null, "the ONNX Runtime of this program does not have it");
            if (session is not null)
            {
                return new OpenSession(session, choice, [.. missing.Select(one => DetectionDiagnostics.ProviderUnavailable(one))]);
            }

            missing.Add((provider.Name, provider.Package, reason));
        }

        throw new NanoDetException(DetectionDiagnostics.ProviderUnavailable(missing));
    }

    /// <summary>Returns the first line of ONNX Runtime's message.</summary>
    public static string FirstLine(OnnxRuntimeException exception)
    {
        var line = exception.Message.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        line = (end < 0 ? line : line[..end]).TrimEnd(" .");
        return line.Length <= 300 ? line.ToString() : $"{line[..300]}…";
    }

    private static string[] AvailableProviders()
    {
        try
        {
            RuntimeTelemetry.Disable();
            return OrtEnv.Instance().GetAvailableProviders();
        }
        catch (Exception exception) when (exception is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException)
        {
            // The program left the native library out, or there is none for this system.
            var cpu = Provider.Of(ExecutionProvider.Cpu);
            throw new NanoDetException(DetectionDiagnostics.ProviderUnavailable((cpu.Name, cpu.Package, "the native library of ONNX Runtime cannot be loaded")), exception);
        }
    }

    // A provider that does not start may lack a driver or a library, or may not take this model; the next one may.
    private static (InferenceSession? Session, string Reason) TryOpen(byte[] model, Provider provider, DetectorOptions options, string path)
    {
        using var session = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            IntraOpNumThreads = options.Threads,
            InterOpNumThreads = 1,
            // Failures are exceptions; other messages of the runtime about a model do not concern the user.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        // Products of 8-bit numbers do not overflow on a processor without VNNI.
        session.AddSessionConfigEntry("session.x64quantprecision", "1");
        RuntimeMemory.Bound(session);
        try
        {
            provider.Append(session, options.DeviceId);
        }
        catch (OnnxRuntimeException exception)
        {
            return (null, FirstLine(exception));
        }

        options.ConfigureSession?.Invoke(session);
        try
        {
            return (new InferenceSession(model, session), "");
        }
        catch (OnnxRuntimeException exception)
        {
            return provider.IsDevice
                ? (null, FirstLine(exception))
                : throw new NanoDetException(DetectionDiagnostics.ModelRefused(path, FirstLine(exception)), exception);
        }
    }
}
