using System.IO.Enumeration;
using System.Runtime.InteropServices;

namespace NanoDet.Training.Native;

/// <summary>
/// The libraries of CUDA on Windows. Some of them load others by name while they compute, and Windows then looks only beside the
/// program and in the search path; on Linux each library knows its own folder.
/// </summary>
internal static class CudaLibraries
{
    // What a library needs comes before it; the names of most end in a version.
    private static readonly string[] Order =
    [
        "zlib*.dll", "nvToolsExt*.dll", "cudart64_*.dll", "cupti64_*.dll", "nvJitLink*.dll", "nvrtc-builtins64_*.dll", "nvrtc64_*.dll", "cublasLt64_*.dll", "cublas64_*.dll",
        "cufft64_*.dll", "cufftw64_*.dll", "curand64_*.dll", "cusparse64_*.dll", "cusolver64_*.dll", "cusolverMg64_*.dll", "cudnn64_*.dll", "cudnn_graph64_*.dll",
        "cudnn_ops*64_*.dll", "cudnn_*64_*.dll", "c10.dll", "c10_cuda.dll", "caffe2_nvrtc.dll", "torch_cpu.dll", "torch_cuda.dll",
    ];

    /// <summary>Opens them from the folder of libtorch, and lets Windows find there what they load later.</summary>
    public static void Open(string folder)
    {
        Environment.SetEnvironmentVariable("PATH", $"{folder}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}");
        foreach (var library in InOrder(Directory.EnumerateFiles(folder, "*.dll").Select(file => Path.GetFileName(file))))
        {
            // What cannot be loaded, and is needed, is missed by the one that needs it.
            _ = NativeLibrary.TryLoad(Path.Combine(folder, library), out _);
        }
    }

    /// <summary>The libraries of CUDA among files, each once, in the order to open them in.</summary>
    /// <param name="names">Names of files.</param>
    internal static IEnumerable<string> InOrder(IEnumerable<string> names)
    {
        var left = names.Order(StringComparer.Ordinal).ToList();
        return Order.SelectMany(pattern => left.Where(name => FileSystemName.MatchesSimpleExpression(pattern, name)).ToList()).Distinct(StringComparer.OrdinalIgnoreCase);
    }
}
