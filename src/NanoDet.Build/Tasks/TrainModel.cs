using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Build.Framework;
using NanoDet.Data.Configuration;
using NanoDet.Data.Files;
using NanoDet.Data.Planning;

namespace NanoDet.Build.Tasks;

/// <summary>Target <c>NanoDetTrain</c>: trains, or goes on where an interrupted training stopped.</summary>
public sealed class TrainModel : WorkerTask
{
    // What libtorch's threads must find when they are made. Threads that wait for each other by spinning take the time that those
    // they wait for need, as soon as the machine has anything else to do: with two busy cores a small network trained ten times
    // slower.
    private static readonly ImmutableDictionary<string, string> Waiting =
        ImmutableDictionary<string, string>.Empty.Add("OMP_WAIT_POLICY", "PASSIVE");

    /// <summary><c>NanoDetThreads</c>.</summary>
    [Required]
    public int Threads { get; set; }

    /// <summary><c>NanoDetDevice</c>.</summary>
    [Required]
    public string Device { get; set; } = "";

    private protected override string Stage => "train";

    private protected override ImmutableDictionary<string, string> Environment => Waiting;

    private protected override void WriteRequest(Utf8JsonWriter writer)
    {
        var configuration = Path.Combine(FullOutputFolder, RequestFile.ConfigurationName);
        writer.WriteString("configuration", configuration);
        writer.WriteString("dataset", Path.Combine(FullOutputFolder, Planner.DatasetName));
        writer.WriteString("imageFolder", ProjectFolder);
        writer.WriteString("outputFolder", Path.Combine(FullOutputFolder, "train"));
        writer.WriteNumber("threads", Threads);
        writer.WriteString("device", Device.ToLowerInvariant());
        if (ConfigurationJson.Read(configuration, File.ReadAllBytes(configuration)).Schedule.LoadModel is { } pretrained)
        {
            writer.WriteString("pretrained", ProjectPath.Full(ProjectFolder, pretrained));
        }
    }

    private protected override IEnumerable<string> Outputs() => [ModelFiles.Weights, "train/metrics.csv", "train/result.json"];
}
