using System.Runtime.InteropServices;
using System.Text;
using Microsoft.ML.OnnxRuntime;

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
            // Native code reads the variables of the C library, which .NET does not change.
            _ = SetVariable(Encoding.UTF8.GetBytes($"{Variable}\0"), Encoding.UTF8.GetBytes("1\0"), overwrite: 0);
        }

        OrtEnv.Instance().DisableTelemetryEvents();
        return true;
    }

    [DllImport("libc", EntryPoint = "setenv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetVariable(byte[] name, byte[] value, int overwrite);
}
