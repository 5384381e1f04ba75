using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;

namespace NanoDet.Build.Tests;

/// <summary>Models with 8 bits, by real builds with a tiny network.</summary>
public sealed class QuantizedModelTests(PackageFeed feed)
{
    [Fact]
    public async Task A_model_with_8_bits_comes_with_the_one_with_32_and_both_are_judged()
    {
        const string output = "bin/Debug/netstandard2.0/";
        using var project = BuildProject.OfModel(feed, epochs: 1, "<PropertyGroup><NanoDetPrecision>int8</NanoDetPrecision></PropertyGroup>");
        var first = await project.ExpectStagesAsync("split convert train export evaluate");
        Assert.Contains("  with 32 bits: mAP ", first.Output, StringComparison.Ordinal);

        var manifest = project.Json($"{output}Model.manifest.json");
        string[] files = [.. manifest.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()!)];
        Assert.Equal(["Model.onnx", "Model.safetensors", "Model.fp32.onnx"], files);
        var (small, large) = (new FileInfo(project.Folder[$"{output}Model.onnx"]), new FileInfo(project.Folder[$"{output}Model.fp32.onnx"]));
        Assert.True(small.Length < large.Length, $"{small.Length} bytes with 8 bits, {large.Length} with 32");

        var quantization = manifest.GetProperty("quantization");
        Assert.InRange(quantization.GetProperty("pictures").GetInt32(), 1, 64);
        Assert.InRange(quantization.GetProperty("difference").GetDouble(), 0, 0.5);
        var layers = quantization.GetProperty("quantized").EnumerateArray().Concat(quantization.GetProperty("kept").EnumerateArray()).Select(name => name.GetString()).ToList();
        Assert.Contains("backbone.conv1.0", layers);
        Assert.Equal(layers.Count, layers.Distinct().Count());
        Assert.InRange(quantization.GetProperty("kept").GetArrayLength(), 0, 4);
        var evaluation = manifest.GetProperty("evaluation");
        Assert.Equal(
            evaluation.GetProperty("validation").GetProperty("images").GetInt32(),
            evaluation.GetProperty("unquantized").GetProperty("validation").GetProperty("images").GetInt32());

        await project.ExpectStagesAsync("");

        // The same inputs, exported again: the same bytes.
        var bytes = await File.ReadAllBytesAsync(small.FullName, TestContext.Current.CancellationToken);
        File.Delete(project.Folder["obj/nanodet/export/model.onnx"]);
        await project.ExpectStagesAsync("export evaluate");
        Assert.Equal(bytes, await File.ReadAllBytesAsync(small.FullName, TestContext.Current.CancellationToken));

        // Another precision: the file with 32 bits beside it is gone from everywhere, and nothing says 8 bits.
        await project.ExpectStagesAsync("export evaluate", "-p:NanoDetPrecision=Single");
        Assert.False(File.Exists(large.FullName));
        Assert.False(File.Exists(project.Folder["obj/nanodet/export/model.fp32.onnx"]));
        Assert.False(File.Exists(project.Folder["obj/nanodet/model/model.fp32.onnx"]));
        Assert.False(project.Json($"{output}Model.manifest.json").TryGetProperty("quantization", out _));
    }

    [Fact]
    public async Task With_augmented_copies_it_is_measured_on_the_pictures_alone_and_the_store_has_all_of_it()
    {
        const string output = "bin/Debug/netstandard2.0/";
        using var store = new TestFolder("store");
        const string body = """
            <PropertyGroup><NanoDetPrecision>Int8</NanoDetPrecision></PropertyGroup>
            <ItemGroup><NanoDetAugmentation Include="GaussianNoise" Sigma="0..4" Probability="0.5" /></ItemGroup>
            """;
        using var project = BuildProject.OfModel(feed, epochs: 1, body, store.FullPath);
        await project.ExpectStagesAsync("split convert augment train export evaluate", "-p:NanoDetAugmentationCopies=2");
        var manifest = project.Json($"{output}Model.manifest.json");
        Assert.Equal(manifest.GetProperty("data").GetProperty("trainingImages").GetInt32(), manifest.GetProperty("quantization").GetProperty("pictures").GetInt32());
        string[] names = ["Model.onnx", "Model.fp32.onnx", "Model.manifest.json"];
        var built = names.Select(name => File.ReadAllBytes(project.Folder[output + name])).ToList();

        Directory.Delete(project.Folder["obj/nanodet"], recursive: true);
        Directory.Delete(project.Folder["bin"], recursive: true);
        var restored = await project.BuildAsync("-p:NanoDetAugmentationCopies=2", "-p:NanoDetTrain=IfCached");
        Assert.True(restored.ExitCode == 0, restored.Output);

        Assert.Equal("train export evaluate", project.Planned("restore"));
        Assert.All(names.Zip(built), pair => Assert.Equal(pair.Second, File.ReadAllBytes(project.Folder[output + pair.First])));
    }
}
