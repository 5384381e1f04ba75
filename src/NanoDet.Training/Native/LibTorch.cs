using System.Runtime.InteropServices;
using System.Runtime.Loader;
using NanoDet.Core.Diagnostics;
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
    private static InstructionSet _instructions;

    /// <summary>Makes <see cref="torch"/> usable; does nothing the second time.</summary>
    /// <param name="device">The device that will be computed on.</param>
    /// <param name="instructions">The vector instructions that it computes with; those of the first call count for the whole process.</param>
    /// <exception cref="DiagnosticException">libtorch is absent, does not load, finds no CUDA device, or the processor lacks the instructions.</exception>
    /// <exception cref="InvalidOperationException">libtorch is loaded already, to compute with other instructions.</exception>
    public static void Load(TrainingDevice device = TrainingDevice.Cpu, InstructionSet instructions = InstructionSet.Native)
    {
        lock (Gate)
        {
            // The CUDA build computes on the processor too; the other way round libtorch would be loaded twice.
            if (_loaded is null)
            {
                InstructionPin.Apply(instructions);
                LoadLibraries(device);
                (_loaded, _instructions) = (device, instructions);
            }

            if (instructions != InstructionSet.Native && instructions != _instructions)
            {
                throw new InvalidOperationException($"libtorch computes with '{_instructions}' in this process already");
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
        Denormals.Find(Open(Path.Combine(folder, FileName("torch_cpu"))));
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
