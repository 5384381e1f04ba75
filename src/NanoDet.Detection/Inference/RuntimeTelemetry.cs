using Microsoft.ML.OnnxRuntime;
using NanoDet.Core.Native;

namespace NanoDet.Detection.Inference;

/// <summary>
/// Switches the telemetry of ONNX Runtime off. Since version 1.29 its official files for Linux and macOS describe the model, the
/// program and the machine to their maker unless they are told not to, and those for Windows do so through Windows.
/// </summary>
internal static class RuntimeTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    private static readonly Lazy<bool> Off = new(SwitchOff);

    /// <summary>Switches it off for this process, unless the user has set ONNX Runtime's own variable; call it before the first session.</summary>
    public static void Disable() => _ = Off.Value;

    private static bool SwitchOff()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not null)
        {
            return false;
        }

        if (!OperatingSystem.IsWindows())
        {
            NativeEnvironment.Set(Variable, "1");
        }

        OrtEnv.Instance().DisableTelemetryEvents();
        return true;
    }
}
