using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

public sealed class ConvertWeightsTests : IDisposable
{
    private static readonly string Weights = Path.Combine(Repository.Root, "sample-project", "base-weights", "fasteners.safetensors");

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Weights_go_to_PyTorch_and_back_and_each_tensor_is_told()
    {
        var there = await ToolProcess.RunAsync("convert-weights", Weights, _folder["a.pth"]);
        var back = await ToolProcess.RunAsync("convert-weights", _folder["a.pth"], _folder["b.safetensors"]);

        Assert.Equal((0, 0), (there.ExitCode, back.ExitCode));
        Assert.Contains("| backbone.conv1.0.weight | Loaded |", there.Output, StringComparison.Ordinal);
        Assert.Matches("^[0-9]+ tensors loaded, 0 by class, 0 renewed, 0 skipped", back.Error);
        Assert.True(File.Exists(_folder["b.safetensors"]));
    }

    [Fact]
    public async Task Weights_become_a_model_for_phones_and_weights_again()
    {
        var there = await ToolProcess.RunAsync("convert-weights", Weights, _folder["a.param"]);
        Assert.True(there.ExitCode == 0, there.Error);
        Assert.StartsWith("network: nanodet-plus-m-0.5x_", there.Error, StringComparison.Ordinal);
        Assert.Contains("images are stretched: assumed from nanodet-plus-m-0.5x_", there.Error, StringComparison.Ordinal);
        Assert.StartsWith("7767517\n", File.ReadAllText(_folder["a.param"]), StringComparison.Ordinal);

        var back = await ToolProcess.RunAsync("convert-weights", _folder["a.param"], _folder["b.pth"]);
        Assert.True(back.ExitCode == 0, back.Error);
        Assert.Contains("| backbone.conv1.0.weight | Loaded | from backbone.conv1.0 |", back.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("no statistics", there.Error, StringComparison.Ordinal);
        Assert.Matches("(?m)^[0-9]+ normalisations have no statistics", back.Error);

        // Also where names alone change; and a model for detection needs no statistics.
        var renamed = await ToolProcess.RunAsync("convert-weights", _folder["b.pth"], _folder["c.safetensors"]);
        Assert.Contains("| backbone.conv1.1.running_var | Loaded | it changes nothing, as after an export; no training found it |", renamed.Output, StringComparison.Ordinal);
        Assert.Matches("(?m)^[0-9]+ normalisations have no statistics", renamed.Error);
        Assert.DoesNotContain("no statistics", (await ToolProcess.RunAsync("convert-weights", _folder["b.pth"], _folder["d.onnx"])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_replaced_unless_that_is_asked_for_and_the_input_never()
    {
        File.WriteAllText(_folder["a.pth"], "mine");
        var kept = await ToolProcess.RunAsync("convert-weights", Weights, _folder["a.pth"]);
        Assert.Equal((1, "mine"), (kept.ExitCode, File.ReadAllText(_folder["a.pth"])));
        Assert.Contains("NDB6117", kept.Error, StringComparison.Ordinal);

        var replaced = await ToolProcess.RunAsync("convert-weights", Weights, _folder["a.pth"], "--overwrite");
        Assert.Equal(0, replaced.ExitCode);
        var itself = await ToolProcess.RunAsync("convert-weights", _folder["a.pth"], _folder["a.pth"], "--overwrite");
        Assert.Contains("NDB6117", itself.Error, StringComparison.Ordinal);

        var nowhere = await ToolProcess.RunAsync("convert-weights", Weights, _folder["a.pth/b.safetensors"]);
        Assert.Equal(1, nowhere.ExitCode);
        Assert.StartsWith($"{_folder["a.pth/b.safetensors"]}: error NDB6105: The file cannot be written: ", nowhere.Error, StringComparison.Ordinal);

        var unknown = await ToolProcess.RunAsync("convert-weights", Weights, _folder["a.txt"]);
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("must end in .safetensors, .pth, .onnx or .param", unknown.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await ToolProcess.RunAsync("convert-weights", Weights, _folder["b.pth"], "--half")).ExitCode);
    }
}
