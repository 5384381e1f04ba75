using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData()]
    [InlineData("nonsense")]
    public async Task Without_a_verb_one_is_told_and_the_code_is_2(params string[] arguments)
    {
        var run = await ToolProcess.RunAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.NotEqual("", run.Error);
    }

    [Theory]
    [InlineData("eval")]
    [InlineData("eval", "--nonsense")]
    [InlineData("eval", "model.onnx", "more", "--truth", "a.json")]
    public async Task A_command_line_that_makes_no_sense_ends_with_2_and_leaves_the_pipe_alone(params string[] arguments)
    {
        var run = await ToolProcess.RunAsync(arguments);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.EndsWith("'nanodet eval --help' shows the options and examples\n", run.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nanodet detect: There is no option '--scor'; did you mean '--score'?", "detect", "model.onnx", "--scor", "0.5", "street.jpg")]
    [InlineData("nanodet detect: There is no option '--scor'; did you mean '--score'?", "detect", "model.onnx", "street.jpg", "--scor=0.5")]
    [InlineData("nanodet detect: There is no option '-x'", "detect", "model.onnx", "street.jpg", "-x")]
    [InlineData("nanodet detect: 'street.jpg' is a picture; the model comes first, then the pictures", "detect", "street.jpg", "model.onnx")]
    [InlineData("nanodet convert: there is no folder 'pictures' (--images)", "convert", ".", "--to", "voc", "--images", "pictures", "--out", "a")]
    [InlineData("nanodet view: there is no folder 'pictures' (--images)", "view", ".", "--images", "pictures", "--out", "a.html")]
    public async Task A_slip_is_told_with_what_was_probably_meant(string message, params string[] arguments)
    {
        var run = await ToolProcess.RunAsync(arguments);

        // What is wrong with the pictures may have been told before.
        Assert.Equal((2, "", message), (run.ExitCode, run.Output, run.Error.Trim().Split('\n')[^1]));
    }

    [Fact]
    public async Task A_misspelt_option_is_told_where_a_verb_takes_no_list_of_files()
    {
        var run = await ToolProcess.RunAsync("eval", "model.onnx", "photos", "--trut=a.json");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("nanodet eval: There is no option '--trut'; did you mean '--truth'?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_is_not_written_under_the_extension_of_another_form()
    {
        using var folder = new TestFolder();
        var model = FixedModel.Write(folder["model.onnx"], ["cat"], 0.9f);
        File.WriteAllBytes(folder["a.png"], TinyPng.Bytes(1));

        var run = await ToolProcess.RunAsync("detect", model, folder["a.png"], "--out", folder["found.gif"]);

        Assert.Equal((2, "nanodet detect: --out writes a picture as .png or .jpg, not as '.gif'"), (run.ExitCode, run.Error.Trim().Split('\n')[^1]));
        Assert.False(File.Exists(folder["found.gif"]));
    }

    [Fact]
    public async Task After_two_dashes_a_name_may_begin_with_one()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["--empty"]);
        var model = FixedModel.Write(folder["model.onnx"], ["cat"], 0.9f);

        var run = await ToolProcess.RunInAsync(folder.FullPath, null, "detect", model, "--", "--empty");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("--empty: error NDB6104: The folder has no image and no video, and neither have the folders in it", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bench")]
    [InlineData("convert")]
    [InlineData("detect")]
    [InlineData("diff")]
    [InlineData("eval")]
    [InlineData("inspect")]
    [InlineData("store")]
    [InlineData("store prune")]
    [InlineData("view")]
    [InlineData("watch")]
    public async Task Help_teaches_by_example(string verb)
    {
        var run = await ToolProcess.RunAsync([.. verb.Split(' '), "--help"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Examples:", run.Output, StringComparison.Ordinal);
        Assert.Contains($"nanodet {verb} ", run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task The_first_help_shows_one_example_of_each_verb()
    {
        var run = await ToolProcess.RunAsync("--help");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.All(
            (string[])["detect", "view", "eval", "bench", "inspect", "diff", "convert", "store", "watch"],
            verb => Assert.Contains($"  nanodet {verb} ", run.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "view")]
    [InlineData("eval --", "--truth")]
    [InlineData("view --", "--model")]
    [InlineData("detect model.onnx a.jpg --format ", "jsonl")]
    public async Task A_shell_can_ask_for_completions(string line, string expected)
    {
        var run = await ToolProcess.RunAsync($"[suggest:{line.Length}]", line);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(expected, run.Output.Split('\n', StringSplitOptions.TrimEntries));
    }
}
