using System.Text.Json;
using NanoDet.Cuda.Processes;
using NanoDet.Cuda.Reporting;

namespace NanoDet.Cuda.Parts;

/// <summary>Networks compute what the original computes.</summary>
internal static class GoldenPart
{
    public const string Name = "golden";

    private static readonly string[] Models = ["nanodet-plus-m_320", "nanodet-plus-m-1.5x_320", "nanodet-m", "nanodet-m-0.5x", "nanodet-m-1.5x"];

    /// <summary>Finds it out.</summary>
    public static IEnumerable<Finding> Find(Options options)
    {
        var file = Path.Combine(options.Output, "golden.json");
        File.Delete(file);
        using (var process = OwnProcess.Start(options, [InnerVerb.Golden, options.Device, file, .. options.IsQuick ? Models[..1] : Models]))
        {
            process.Finish();
        }

        return JsonSerializer.Deserialize<Finding[]>(File.ReadAllText(file), Report.Json)!;
    }
}
