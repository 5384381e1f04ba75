using System.Text.Json;
using NanoDet.Cuda.Processes;
using NanoDet.Cuda.Reporting;

namespace NanoDet.Cuda.Parts;

/// <summary>libtorch can be loaded and computes on the device.</summary>
internal static class LoadPart
{
    public const string Name = "load";

    /// <summary>Finds it out.</summary>
    /// <param name="options">The options of the run.</param>
    /// <param name="take">Takes what was loaded.</param>
    public static IEnumerable<Finding> Find(Options options, Action<DeviceFacts> take)
    {
        var file = Path.Combine(options.Output, "device.json");
        File.Delete(file);
        using (var process = OwnProcess.Start(options, InnerVerb.Load, options.Device, file))
        {
            process.Finish();
        }

        var facts = JsonSerializer.Deserialize<DeviceFacts>(File.ReadAllText(file), Report.Json)!;
        take(facts);
        yield return Finding.Tell(options.Device, facts.Name);
        yield return Finding.Tell("libtorch", $"{facts.Version} in {facts.Folder}");
        if (facts is { Driver: { } driver, Cuda: { } cuda, CuDnn: { } cuDnn })
        {
            yield return Finding.Require(new[] { facts.Name, driver, cuda, cuDnn }.All(text => text != "unknown"), "driver, CUDA, cuDNN", $"{driver}, {cuda}, {cuDnn}", "all known, as the manifest names them");
            yield return Finding.Require(facts.FreeOnCard is > 0, "free memory of the card", $"{facts.FreeOnCard >> 20} MB", "known");
        }

        yield return Finding.Require(facts.Sum == LoadedLibraries.Sum, "a product of matrices", $"{facts.Sum}", $"{LoadedLibraries.Sum}");
    }
}
