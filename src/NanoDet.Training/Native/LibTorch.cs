using System.Runtime.InteropServices;
using System.Runtime.Loader;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Training.Diagnostics;
using TorchSharp;

namespace NanoDet.Training.Native;

/// <summary>
/// Loads libtorch and TorchSharp's native part from where they lie, before anything uses <see cref="torch"/>.
/// TorchSharp itself would look only beside the application, and gives up on systems with an older C++ library.
/// </summary>
public static class LibTorch
{
    private static readonly Lock Gate = new();
    private static TrainingDevice? _loaded;

    /// <summary>What this process computes with; decided by the first <see cref="Load"/>.</summary>
    public static Arithmetic Arithmetic { get; private set; } = Arithmetic.Default;

    /// <summary>Makes <see cref="torch"/> usable; does nothing the second time.</summary>
    /// <param name="device">The device that will be computed on.</param>
    /// <param name="arithmetic">What it computes with; that of the first call counts for the whole process. Null for that one.</param>
    /// <exception cref="DiagnosticException">libtorch is absent, does not load, finds no CUDA device, or the processor lacks the instructions.</exception>
    /// <exception cref="InvalidOperationException">libtorch is loaded already, to compute with something else.</exception>
    public static void Load(TrainingDevice device = TrainingDevice.Cpu, Arithmetic? arithmetic = null)
    {
        lock (Gate)
        {
            // The CUDA build computes on the processor too; the other way round libtorch would be loaded twice.
            if (_loaded is null)
            {
                Arithmetic = arithmetic ?? Arithmetic.Default;
                InstructionPin.Apply(Arithmetic.Instructions);
                LoadLibraries(device);
                _loaded = device;
            }

            if (arithmetic is not null && arithmetic != Arithmetic)
            {
                throw new InvalidOperationException($"libtorch computes with {Arithmetic} in this process already");
            }

            if (device == TrainingDevice.Cuda && !(_loaded == TrainingDevice.Cuda && torch.cuda_is_available()))
            {
                throw new DiagnosticException(EnvironmentDiagnostics.CudaNotAvailable());
            }
        }
    }

    private static void LoadLibraries(TrainingDevice device)
    {
        var libtorch = Find(FileName(device == TrainingDevice.Cuda ? "torch_cuda" : "torch_cpu"), NativeFolders.LibTorch(device));
        var folder = Path.GetDirectoryName(libtorch)!;
        _ = Open(Path.Combine(folder, FileName("torch")));
        var processor = Open(Path.Combine(folder, FileName("torch_cpu")));
        Denormals.Find(processor);
        if (!Arithmetic.UsesOneDnn)
        {
            OneDnn.Disable(processor);
        }

        var bindings = Find(FileName("LibTorchSharp"), NativeFolders.TorchSharp());
        var handle = Open(OperatingSystem.IsLinux() ? FittedBindings.For(bindings) : bindings);

        // TorchSharp asks for its native part by name. Linux and Windows know a loaded library by its name; macOS by its path.
        AssemblyLoadContext.GetLoadContext(typeof(torch).Assembly)!.ResolvingUnmanagedDll +=
            (_, name) => name == "LibTorchSharp" ? handle : 0;
        torch.InitializeDeviceType(DeviceType.CPU);
    }

    private static string Find(string library, IEnumerable<string> folders)
    {
        var places = folders.Distinct().ToList();
        return places.Select(folder => Path.Combine(folder, library)).FirstOrDefault(File.Exists)
            ?? throw new DiagnosticException(EnvironmentDiagnostics.LibTorchNotFound(library, places));
    }

    private static nint Open(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            throw new DiagnosticException(EnvironmentDiagnostics.LibTorchNotLoaded(path, exception.Message), exception);
        }
    }

    private static string FileName(string library)
        => OperatingSystem.IsWindows() ? $"{library}.dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";
}
