namespace NanoDet.Pipeline.Natives;

/// <summary>
/// The driver of NVIDIA, by the files that it leaves: none of its code is loaded into the build. Where one of them is there, CUDA
/// itself tells later whether it works.
/// </summary>
/// <param name="isWindows">The system.</param>
/// <param name="exists">Whether a file or device is there.</param>
/// <param name="variable">The value of an environment variable.</param>
public sealed class CudaDriver(bool isWindows, Func<string, bool> exists, Func<string, string?> variable)
{
    // The kernel's part; of Windows, where Linux runs inside it. The part for programs may be where only the linker knows.
    private static readonly string[] Devices = ["/proc/driver/nvidia/version", "/dev/nvidiactl", "/dev/dxg"];

    private static readonly string[] LibraryFolders =
        ["/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib", "/lib64", "/usr/lib64/nvidia", "/usr/local/nvidia/lib64", "/usr/lib/wsl/lib", "/run/opengl-driver/lib"];

    /// <summary>The driver of this machine.</summary>
    public static CudaDriver OfMachine { get; } = new(OperatingSystem.IsWindows(), File.Exists, Environment.GetEnvironmentVariable);

    /// <summary>Whether it is installed.</summary>
    public bool IsInstalled => isWindows
        ? exists($@"{variable("SystemRoot") ?? @"C:\Windows"}\System32\nvcuda.dll")
        : Devices.Any(exists) || Folders().Any(folder => exists($"{folder}/libcuda.so.1"));

    private IEnumerable<string> Folders()
        => LibraryFolders.Concat((variable("LD_LIBRARY_PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries));
}
