using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using NanoDet.Core.Diagnostics;
using NanoDet.Cuda.Reporting;
using NanoDet.Data.Configuration;
using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Cuda.Parts;

/// <summary>Loads libtorch, computes something that is known, and tells what it is.</summary>
internal static partial class LoadedLibraries
{
    private const int Side = 64;

    /// <summary>Loads it.</summary>
    /// <param name="device">The device.</param>
    /// <param name="file">The file for <see cref="DeviceFacts"/>.</param>
    public static int Run(string device, string file)
    {
        var choice = DeviceChoice.Parse(device)!.Value;
        var usesCard = choice.Device == TrainingDevice.Cuda;
        if (usesCard)
        {
            CardPin.Apply(choice.Card);
        }

        try
        {
            LibTorch.Load(choice.Device, Arithmetic.Default);
        }
        catch (NanoDetException exception)
        {
            Console.WriteLine(exception.Diagnostic);
            return 1;
        }

        var sum = SumOnDevice(usesCard ? CUDA : CPU);
        var card = usesCard ? Card.Read() : null;
        var (folder, version) = Library();
        var facts = new DeviceFacts(sum, folder, version, card?.Name ?? Processor.Name, Card.FreeBytes())
        {
            Driver = card?.Driver,
            Cuda = card?.Cuda,
            CuDnn = card?.CuDnn,
        };
        File.WriteAllText(file, JsonSerializer.Serialize(facts, Report.Json));
        return 0;
    }

    // Whole numbers below 2^24, so that single precision gives the sum exactly, in whatever order.
    private static double SumOnDevice(Device device)
    {
        using var scope = NewDisposeScope();
        var numbers = arange(Side * Side, dtype: float32).remainder(7).reshape(Side, Side).to(device);
        return numbers.matmul(ones(Side, Side, device: device)).sum().item<float>();
    }

    /// <summary>What <see cref="SumOnDevice"/> has to be.</summary>
    public static double Sum { get; } = Side * Enumerable.Range(0, Side * Side).Sum(number => number % 7);

    private static (string Folder, string Version) Library()
    {
        using var process = Process.GetCurrentProcess();
        var library = process.Modules.Cast<ProcessModule>().First(module => module.ModuleName.Contains("torch_cpu", StringComparison.Ordinal)).FileName;
        var folder = Path.GetDirectoryName(library)!;
        // PyTorch and an unpacked libtorch say their version beside the folder, a package of NuGet in its path.
        var file = new[] { "version.py", "build-version" }.Select(name => Path.Combine(folder, "..", name)).FirstOrDefault(File.Exists);
        return (folder, VersionOf().Match(file is null ? folder : File.ReadAllText(file)) is { Success: true } version ? version.Value : "unknown");
    }

    [GeneratedRegex(@"[0-9]+\.[0-9]+\.[0-9]+[0-9a-z.+]*")]
    private static partial Regex VersionOf();
}
