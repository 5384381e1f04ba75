using System.Runtime.InteropServices;

namespace NanoDet.Core.Native;

/// <summary>Sets environment variables of the C library, which native code of this process reads; .NET does not pass its own changes on.</summary>
internal static class NativeEnvironment
{
    /// <summary>Sets a variable.</summary>
    public static void Set(string name, string value)
    {
        if (OperatingSystem.IsWindows())
        {
            _ = SetOnWindows(name, value);
        }
        else
        {
            _ = SetElsewhere(name, value, overwrite: 1);
        }
    }

    [DllImport("ucrtbase", EntryPoint = "_putenv_s", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SetOnWindows(string name, string value);

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int SetElsewhere(string name, string value, int overwrite);
}
