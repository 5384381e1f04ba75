using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Imaging;
using NanoDet.Testing;

namespace NanoDet.Worker.Tests.Augmentation;

/// <summary>A folder with pictures, their data set, and workers that are asked to augment it as the build asks.</summary>
internal sealed class AugmentationWorkplace : IDisposable
{
    private readonly TestFolder _folder = new("增强 with spaces");
    private readonly List<DatasetImage> _images = [];

    public string this[string relative] => _folder[relative];

    /// <summary>Adds a drawn picture.</summary>
    public void Add(string path, int content, int width = 160, int height = 120)
    {
        var image = new PixelImage(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                image.Row(y)[x] = 0xFF000000u | ((uint)(x * (content + 3)) & 0xFF) | (((uint)(y * 5) & 0xFF) << 8) | ((uint)(content * 16 & 0xFF) << 16);
            }
        }

        Add(path, ImageEncoder.EncodeFor(path, image), width, height);
    }

    /// <summary>Adds a picture's file.</summary>
    public void Add(string path, byte[] content, int width, int height, int orientation = 1)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[path])!);
        File.WriteAllBytes(_folder[path], content);
        _images.RemoveAll(image => image.Path == path);
        var box = new DatasetObject(0, new(width / 4.0, height / 4.0, width * 0.75, height * 0.75)) { Difficult = true, Ignored = true };
        _images.Add(new(path, ContentHash.Of(content).ToString(), width, height, DatasetPart.Train, [box]) { Orientation = orientation });
    }

    /// <summary>Adds a picture that is not learnt from.</summary>
    public void AddValidation(string path)
    {
        Add(path, content: 1);
        _images[^1] = _images[^1] with { Part = DatasetPart.Validation };
    }

    /// <summary>Removes a picture.</summary>
    public void Remove(string path) => _images.RemoveAll(image => image.Path == path);

    /// <summary>Starts a worker that writes into a folder.</summary>
    public Process Start(string output, int copies = 5)
    {
        ImmutableArray<DatasetImage> images = [.. _images.OrderBy(image => image.Path, StringComparer.Ordinal)];
        File.WriteAllBytes(_folder[$"{output}.dataset.json"], DatasetFile.ToJson(new Dataset(["细胞"], images)).ToArray());
        var request = JsonSerializer.Serialize(new
        {
            dataset = _folder[$"{output}.dataset.json"],
            imageFolder = _folder.FullPath,
            outputFolder = _folder[output],
            output = _folder[$"{output}/dataset.json"],
            preset = "imgaug-classic",
            steps = new[] { new { name = "GaussianNoise", settings = new { Sigma = "2..4", Probability = "0.5" } } },
            copies,
            seed = 3,
        });
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "NanoDet.Worker.dll"), "augment", _folder.Write($"{output}.request.json", request)])
        {
            RedirectStandardOutput = true,
        };
        return Process.Start(start)!;
    }

    /// <summary>Augments to the end of the process.</summary>
    public (int ExitCode, string[] Lines) Augment(string output, int copies = 5)
    {
        using var process = Start(output, copies);
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return (process.ExitCode, lines);
    }

    /// <summary>Content hash of every file of a folder, but not of its record, by its path there.</summary>
    public SortedDictionary<string, string> Contents(string output) => new(
        Directory.EnumerateFiles(_folder[output], "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) != ".record")
            .ToDictionary(file => Path.GetRelativePath(_folder[output], file), file => ContentHash.OfFile(file).ToString()),
        StringComparer.Ordinal);

    public void Dispose() => _folder.Dispose();
}
