using System.Buffers.Binary;
using System.Text.Json;
using System.Text.RegularExpressions;
using NanoDet.Core.Diagnostics;
using NanoDet.Testing;
using NetVips;

namespace NanoDet.Tool.Tests;

public sealed class PictureFormTests : IDisposable
{
    private static readonly string Pictures = Path.Combine(AppContext.BaseDirectory, "Pictures");
    private readonly TestFolder _folder = new("formen");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_form_of_a_picture_gives_what_the_plain_one_gives()
    {
        var run = await ToolProcess.RunAsync("detect", MosaicModel.Write(_folder["model.onnx"]), Pictures, "--format", "json", "--quiet");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var found = run.Json.EnumerateArray().ToDictionary(picture => Path.GetFileName(picture.GetProperty("path").GetString()!));
        Assert.Equal(Directory.GetFiles(Pictures).Length, found.Count);
        var plain = Objects(found["plain.png"]);
        Assert.InRange(plain.Count, 100, 192);
        Assert.True(plain.Max(entry => entry.Value) - plain.Min(entry => entry.Value) > 0.4, "the picture is too dull to tell anything");
        foreach (var (name, picture) in found)
        {
            var other = Objects(picture);
            var tolerance = name.StartsWith("sixteen", StringComparison.Ordinal) || name.StartsWith("rgba", StringComparison.Ordinal) ? 0 : 0.02;
            Assert.Equal((160, 120), (picture.GetProperty("width").GetInt32(), picture.GetProperty("height").GetInt32()));
            Assert.All(plain, entry => Assert.True(
                other.TryGetValue(entry.Key, out var score) && Math.Abs(score - entry.Value) <= tolerance, $"{name}: {entry.Key} is {score} and not {entry.Value}"));
        }
    }

    [Theory]
    [InlineData(".tif", "plain.png")]
    [InlineData(".TIFF", "plain.png")]
    [InlineData(".jfif", "baseline.jpg")]
    [InlineData(".jpe", "baseline.jpg")]
    public async Task Seldom_extensions_are_planned_and_detected_in(string extension, string name)
    {
        Directory.CreateDirectory(_folder["images"]);
        if (extension.StartsWith(".t", StringComparison.OrdinalIgnoreCase))
        {
            using var image = Image.NewFromFile(Path.Combine(Pictures, name));
            File.WriteAllBytes(_folder[$"images/a{extension}"], image.TiffsaveBuffer());
        }
        else
        {
            File.WriteAllBytes(_folder[$"images/a{extension}"], Read(name));
        }

        var model = MosaicModel.Write(_folder["model.onnx"]);
        var expected = await ToolProcess.RunAsync("detect", model, Path.Combine(Pictures, name), "--format", "json", "--quiet");
        foreach (var input in new[] { _folder["images"], Path.Combine(_folder["images"], "*" + extension) })
        {
            var run = await ToolProcess.RunAsync("detect", model, input, "--format", "json", "--quiet");
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            Assert.Equal(Objects(expected.Json[0]), Objects(Assert.Single(run.Json.EnumerateArray())));
        }

        _folder.Write("annotations/a.xml", TinyVoc.Xml($"a{extension}", "bolt"));
        using var output = new TestFolder();
        var (dataset, diagnostics) = SharedCase.Plan(_folder, output, inputs => inputs);
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal(($"images/a{extension}", 160, 120), dataset!.Images.Select(image => (image.Path, image.Width, image.Height)).Single());
    }

    [Fact]
    public async Task A_picture_that_is_none_is_one_error_each_and_the_rest_goes_on()
    {
        var bad = new Dictionary<string, string>
        {
            ["cut-plain.png"] = Cut("plain.png"),
            ["cut-webp.webp"] = Cut("lossy.webp"),
            ["empty.jpg"] = Bad("empty.jpg", [], "NDB1201"),
            ["text.png"] = Bad("text.png", "no picture"u8.ToArray(), "NDB1201"),
            ["vast.jpg"] = Bad("vast.jpg", WithSides(Read("baseline.jpg"), 60_000), "NDB1202"),
            ["vast.png"] = Bad("vast.png", WithSides(Read("plain.png"), 1_000_000), "NDB1202"),
        };
        File.Copy(Path.Combine(Pictures, "plain.png"), _folder["pictures/a.png"]);
        File.Copy(Path.Combine(Pictures, "plain.png"), _folder["pictures/z.png"]);

        var run = await ToolProcess.RunAsync("detect", MosaicModel.Write(_folder["model.onnx"]), _folder["pictures"], "--format", "json", "--quiet");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal([_folder["pictures/a.png"], _folder["pictures/z.png"]], run.Json.EnumerateArray().Select(picture => picture.GetProperty("path").GetString()!));
        var lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(
            bad.Select(entry => $"{_folder["pictures/" + entry.Key]}: error {entry.Value}").Order(StringComparer.Ordinal),
            lines.Select(line => Regex.Match(line, "^.*: error NDB[0-9]{4}").Value).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("cmyk.jpg")]
    public async Task A_photograph_that_ends_too_early_is_used_with_a_warning(string name)
    {
        Bad("cut.jpg", Read(name)[..^2], "");
        Bad("half.jpg", Read(name)[..(Read(name).Length / 2)], "");
        Bad("more.jpg", [.. Read(name), .. "what a camera adds"u8], "");
        Bad("whole.jpg", Read(name), "");

        var run = await ToolProcess.RunAsync("detect", MosaicModel.Write(_folder["model.onnx"]), _folder["pictures"], "--format", "json", "--quiet");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            new[] { "cut", "half" }.Select(cut => $"{_folder[$"pictures/{cut}.jpg"]}: warning NDB1207: The JPEG ends too early; where a part of the picture is missing, it is grey"),
            run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal));
        var found = run.Json.EnumerateArray().ToDictionary(picture => Path.GetFileNameWithoutExtension(picture.GetProperty("path").GetString()!), Objects);
        Assert.Equal(found["whole"], found["cut"]);
        Assert.Equal(found["whole"], found["more"]);
        Assert.NotEqual(found["whole"], found["half"]);
    }

    [Fact]
    public async Task The_eight_orientations_of_photographs_give_the_same()
    {
        // They were turned and compressed one by one.
        const double Compressed = 0.06;
        var photographs = Enumerable.Range(1, 8).Select(i => SharedData.Path($"datasets/exif-orientation/Landscape_{i}.jpg")).ToArray();

        var run = await ToolProcess.RunAsync(["detect", MosaicModel.Write(_folder["model.onnx"]), .. photographs, "--format", "json", "--quiet"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var upright = Objects(run.Json[0]);
        Assert.All(run.Json.EnumerateArray(), picture => Assert.All(
            Objects(picture), entry => Assert.InRange(entry.Value, upright.GetValueOrDefault(entry.Key) - Compressed, upright.GetValueOrDefault(entry.Key) + Compressed)));
    }

    /// <summary>Scores by class and box.</summary>
    private static Dictionary<string, double> Objects(JsonElement picture) => picture.GetProperty("objects").EnumerateArray().ToDictionary(
        found => $"{found.GetProperty("class").GetString()} {found.GetProperty("box").GetRawText()}", found => found.GetProperty("score").GetDouble());

    private string Cut(string name)
    {
        var whole = Read(name);
        return Bad($"cut-{(name.StartsWith("lossy", StringComparison.Ordinal) ? "webp.webp" : name)}", whole[..(whole.Length * 3 / 5)], "NDB1200");
    }

    private string Bad(string name, byte[] content, string code)
    {
        Directory.CreateDirectory(_folder["pictures"]);
        File.WriteAllBytes(_folder["pictures/" + name], content);
        return code;
    }

    private static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Pictures, name));

    // The pixels stay as they are: only the header lies.
    private static byte[] WithSides(byte[] content, int side)
    {
        if (content[0] == 0x89)
        {
            BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(16), side);
            BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(20), side);
            BinaryPrimitives.WriteUInt32BigEndian(content.AsSpan(29), TinyPng.Crc(content.AsSpan(12, 17)));
            return content;
        }

        var frame = content.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(content.AsSpan(frame + 5), (ushort)side);
        BinaryPrimitives.WriteUInt16BigEndian(content.AsSpan(frame + 7), (ushort)side);
        return content;
    }
}
