using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace NanoDet.Training.Native;

/// <summary>The card that computes, and what it computes with, for people and for the manifest.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Driver">The version of its driver.</param>
/// <param name="Cuda">The version of CUDA's libraries.</param>
/// <param name="CuDnn">The version of cuDNN.</param>
public sealed record Card(string Name, string Driver, string Cuda, string CuDnn)
{
    private const string Unknown = "unknown";
    private const int LongestName = 256;

    private static nint _library;

    /// <summary>Takes libtorch's library for CUDA, through which CUDA's own are found.</summary>
    /// <param name="path">Its full path; it is loaded already.</param>
    internal static void Find(string path) => NativeLibrary.TryLoad(path, out _library);

    /// <summary>Describes the card that this process uses. What does not tell itself is unknown, and ends no training.</summary>
    public static Card Read() => new(ReadName(), ReadDriver(), ReadCuda(), ReadCuDnn());

    /// <summary>The free memory of the card in bytes; null where it does not tell.</summary>
    public static long? FreeBytes()
        => Function<MemoryInfo>("cudart64_*.dll", "cudaMemGetInfo") is { } read && read(out var free, out _) == 0 ? (long)free : null;

    // CUDA writes 12.8 as 12080, and cuDNN 9.10.2 as 91002.
    internal static string CudaVersion(int number) => string.Create(CultureInfo.InvariantCulture, $"{number / 1000}.{number % 1000 / 10}");

    internal static string CuDnnVersion(nuint number) => string.Create(CultureInfo.InvariantCulture, $"{number / 10000}.{number % 10000 / 100}.{number % 100}");

    private static string ReadCuda()
        => Function<Version>("cudart64_*.dll", "cudaRuntimeGetVersion") is { } read && read(out var version) == 0 ? CudaVersion(version) : Unknown;

    private static string ReadCuDnn() => Function<CuDnnNumber>("cudnn64_*.dll", "cudnnGetVersion") is { } read ? CuDnnVersion(read()) : Unknown;

    private static string ReadName()
    {
        var name = new byte[LongestName];
        return LibraryOfDriver(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1") is not 0 and var driver
            && Export<DeviceOf>(driver, "cuDeviceGet") is { } get && get(out var device, 0) == 0
            && Export<NameOf>(driver, "cuDeviceGetName") is { } read && read(name, name.Length, device) == 0
                ? Text(name)
                : Unknown;
    }

    private static string ReadDriver()
    {
        var version = new byte[LongestName];
        return LibraryOfDriver(OperatingSystem.IsWindows() ? "nvml.dll" : "libnvidia-ml.so.1") is not 0 and var management
            && Export<Begin>(management, "nvmlInit_v2") is { } begin && begin() == 0
            && Export<VersionOfDriver>(management, "nvmlSystemGetDriverVersion") is { } read && read(version, (uint)version.Length) == 0
                ? Text(version)
                : Unknown;
    }

    private static string Text(byte[] name) => Encoding.ASCII.GetString(name).Split('\0')[0].Trim();

    // The driver's libraries lie where the system looks first.
    private static nint LibraryOfDriver(string name) => NativeLibrary.TryLoad(name, out var library) ? library : 0;

    /// <summary>A function of a library that libtorch's needs: Linux finds it through that one, Windows only by its own library, which is loaded.</summary>
    private static T? Function<T>(string pattern, string name)
        where T : Delegate
    {
        if (!OperatingSystem.IsWindows())
        {
            return _library == 0 ? null : Export<T>(_library, name);
        }

        using var process = System.Diagnostics.Process.GetCurrentProcess();
        var module = process.Modules.Cast<System.Diagnostics.ProcessModule>()
            .FirstOrDefault(module => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, module.ModuleName));
        return module is null ? null : Export<T>(module.BaseAddress, name);
    }

    private static T? Export<T>(nint library, string name)
        where T : Delegate
        => NativeLibrary.TryGetExport(library, name, out var address) ? Marshal.GetDelegateForFunctionPointer<T>(address) : null;

    private delegate int MemoryInfo(out nuint free, out nuint total);

    private delegate int Version(out int version);

    private delegate nuint CuDnnNumber();

    private delegate int DeviceOf(out int device, int number);

    private delegate int NameOf([Out] byte[] name, int length, int device);

    private delegate int Begin();

    private delegate int VersionOfDriver([Out] byte[] version, uint length);
}
