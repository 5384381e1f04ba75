using System.Runtime.InteropServices;
using System.Runtime.Loader;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Native;
using NanoDet.Data.Configuration;
using NanoDet.Training.Diagnostics;
using TorchSharp;

namespace NanoDet.Training.Native;

/// <summary>
/// Loads libtorch and TorchSharp's native library from their folders, before anything uses <see cref="torch"/>.
/// TorchSharp itself would look only beside the application, and would fail on systems with an older C++ library.
/// </summary>
public static class LibTorch
{
    private static readonly Lock Gate = new();
    private static TrainingDevice? _loaded;

    /// <summary>The arithmetic of this process; set by the first <see cref="Load"/>.</summary>
    public static Arithmetic Arithmetic { get; private set; } = Arithmetic.Default;

    /// <summary>Makes <see cref="torch"/> usable; does nothing if it was called before.</summary>
    /// <param name="device">The device.</param>
    /// <param name="arithmetic">The arithmetic; the first call sets it for the whole process. Null for that of the first call.</param>
    /// <exception cref="NanoDetException">libtorch is missing, cannot be loaded or finds no CUDA device, or the processor lacks the instructions.</exception>
    /// <exception cref="InvalidOperationException">libtorch is already loaded with another arithmetic.</exception>
    public static void Load(TrainingDevice device = TrainingDevice.Cpu, Arithmetic? arithmetic = null)
    {
        lock (Gate)
        {
            // The CUDA build can also compute on the CPU; with the CPU build, libtorch would have to be loaded twice.
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
                throw new NanoDetException(EnvironmentDiagnostics.CudaNotAvailable());
            }
        }
    }

    private static void LoadLibraries(TrainingDevice device)
    {
        var libtorch = Find(LibraryFile.Name(device == TrainingDevice.Cuda ? "torch_cuda" : "torch_cpu"), NativeFolders.LibTorch(device));
        var folder = Path.GetDirectoryName(libtorch)!;
        if (device == TrainingDevice.Cuda)
        {
            CardArithmetic.Prepare();
            if (OperatingSystem.IsWindows())
            {
                CudaLibraries.Open(folder);
            }
        }

        _ = Open(Path.Combine(folder, LibraryFile.Name("torch")));
        var processor = Open(Path.Combine(folder, LibraryFile.Name("torch_cpu")));
        Denormals.Find(processor);
        Autocast.Find(processor);
        OneDnn.Find(processor);
        if (!Arithmetic.UsesOneDnn)
        {
            OneDnn.Disable(processor);
        }

        var bindings = Find(LibraryFile.Name("LibTorchSharp"), NativeFolders.TorchSharp());
        var handle = OperatingSystem.IsLinux() ? Open(FittedBindings.For(bindings), BoundLibrary.Load) : Open(bindings);

        // TorchSharp loads its native library by name. Linux and Windows find a loaded library by its name, macOS by its path.
        AssemblyLoadContext.GetLoadContext(typeof(torch).Assembly)!.ResolvingUnmanagedDll +=
            (_, name) => name == "LibTorchSharp" ? handle : 0;
        torch.InitializeDeviceType(DeviceType.CPU);
        if (device == TrainingDevice.Cuda)
        {
            Card.Find(Path.Combine(folder, LibraryFile.Name("torch_cuda")));
            CardArithmetic.Apply(Arithmetic.UsesTf32, processor);
        }
    }

    private static string Find(string library, IEnumerable<string> folders)
    {
        var places = folders.Distinct().ToList();
        return places.Select(folder => Path.Combine(folder, library)).FirstOrDefault(File.Exists)
            ?? throw new NanoDetException(EnvironmentDiagnostics.LibTorchNotFound(library, places));
    }

    private static nint Open(string path) => Open(path, NativeLibrary.Load);

    private static nint Open(string path, Func<string, nint> load)
    {
        try
        {
            return load(path);
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            throw new NanoDetException(EnvironmentDiagnostics.LibTorchNotLoaded(path, exception.Message), exception);
        }
    }
}
