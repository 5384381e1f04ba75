using System.Diagnostics;
using System.Text.Json;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Testing;
using NanoDet.Training.Tests.Loop;

namespace NanoDet.Worker.Tests.Training;

/// <summary>A folder with a small data set, its configuration, and workers that are asked to train on it as the build asks.</summary>
internal sealed class TrainingWorkplace : IDisposable
{
    private readonly TestFolder _folder = new("训练 with spaces");

    private readonly string _images;

    public TrainingWorkplace(int epochs, Func<NanoDetConfiguration, NanoDetConfiguration>? change = null)
    {
        _images = _folder["images"];
        Dataset = SmallTraining.Draw(_images);
        var configuration = SmallTraining.Configuration(epochs);
        WriteInputs(change?.Invoke(configuration) ?? configuration);
    }

    /// <summary>For a data set whose pictures lie in another folder.</summary>
    public TrainingWorkplace(Dataset dataset, string images, NanoDetConfiguration configuration)
    {
        (Dataset, _images) = (dataset, images);
        WriteInputs(configuration);
    }

    public Dataset Dataset { get; }

    public string this[string relative] => _folder[relative];

    /// <summary>Writes a text file.</summary>
    public string Write(string relative, string text) => _folder.Write(relative, text);

    /// <summary>Starts a worker that writes into a folder.</summary>
    public Process Start(
        string output, bool isAttached = false, object? more = null, string[]? arguments = null, params IReadOnlyCollection<(string Name, string Value)> environment)
    {
        var request = JsonSerializer.SerializeToNode(new
        {
            configuration = _folder["configuration.json"],
            dataset = _folder["dataset.json"],
            imageFolder = _images,
            outputFolder = _folder[output],
            threads = 2,
        })!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(more ?? new { })!.AsObject())
        {
            request[name] = value?.DeepClone();
        }

        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardInput = isAttached };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "NanoDet.Worker.dll"));
        start.ArgumentList.Add("train");
        start.ArgumentList.Add(_folder.Write($"{output}.request.json", request.ToJsonString()));
        if (isAttached)
        {
            start.ArgumentList.Add("--attached");
        }

        foreach (var argument in arguments ?? [])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Kills a worker at a step of its training; it writes a checkpoint behind every epoch.</summary>
    public void Kill(string output, int step)
    {
        using var process = Start(output, more: new { checkpointSeconds = 0 });
        var progress = _folder[$"{output}/progress.jsonl"];
        while (!process.HasExited && (!File.Exists(progress) || Steps(progress) < step))
        {
            Thread.Sleep(5);
        }

        Assert.False(process.HasExited, $"the training was over before step {step}");
        process.Kill();
        End(process);
    }

    /// <summary>The number of steps that a training has told so far.</summary>
    public static int Steps(string progress)
    {
        using var file = new FileStream(progress, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n').Count(line => line.Contains("\"kind\":\"step\"", StringComparison.Ordinal));
    }

    /// <summary>Trains to the end of the process.</summary>
    public (int ExitCode, string[] Lines) Train(
        string output, object? more = null, string[]? arguments = null, params IReadOnlyCollection<(string Name, string Value)> environment)
    {
        using var process = Start(output, more: more, arguments: arguments, environment: environment);
        return End(process);
    }

    /// <summary>Waits for the end of a worker.</summary>
    public static (int ExitCode, string[] Lines) End(Process process)
    {
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return (process.ExitCode, lines);
    }

    /// <summary>Fails where two folders do not hold the same result.</summary>
    public void RequireSameResult(string expected, string actual)
    {
        foreach (var file in new[] { "model.safetensors", "last.safetensors", "metrics.csv" })
        {
            Assert.True(
                File.ReadAllBytes(_folder[$"{expected}/{file}"]).AsSpan().SequenceEqual(File.ReadAllBytes(_folder[$"{actual}/{file}"])),
                $"{file} of {expected} and {actual} differ");
        }
    }

    public void Dispose() => _folder.Dispose();

    private void WriteInputs(NanoDetConfiguration configuration)
    {
        File.WriteAllBytes(_folder["configuration.json"], ConfigurationJson.Write(configuration));
        File.WriteAllBytes(_folder["dataset.json"], DatasetFile.ToJson(Dataset).ToArray());
    }
}
