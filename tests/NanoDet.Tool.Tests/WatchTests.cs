using System.Diagnostics;
using System.Text.RegularExpressions;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

/// <summary>The real tool beside a file that is being written.</summary>
public sealed class WatchTests : IDisposable
{
    private const string First = "epoch 1/4  loss 3.500 (loss_qfl 2.500 loss_bbox 1.000)  21.25 images/s  00:01:00 left";
    private const string Second = "epoch 2/4  loss 3.250 (loss_qfl 2.250 loss_bbox 1.000)  mAP 0.125  mAP50 0.375  21.25 images/s  00:01:00 left";

    private readonly TestFolder _work = new("model");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_epoch_is_a_line_as_it_comes_and_what_is_no_line_does_no_harm()
    {
        var training = new WrittenTraining(_work, "by-hand");
        training.Append("{\"kind\":\"epoch\",\"epoch\":1,");
        using var tool = ToolProcess.Start("watch", _work[training.Folder]);
        Assert.StartsWith($"watching {_work["by-hand/progress.jsonl"]}; ", await tool.StandardError.ReadLineAsync(Cancellation), StringComparison.Ordinal);

        // A process that was killed has left half a line, and the next one goes on behind it.
        training.Epoch(1, "2.5");
        training.Epoch(1, "2.5");
        Assert.Equal(First, await tool.StandardOutput.ReadLineAsync(Cancellation));

        // Half a line that is completed later.
        var second = WrittenTraining.EpochLine(2, "2.25", 0.125);
        training.Append(second[..40]);
        training.Step(2, 8);
        training.Append(second);
        Assert.Equal(Second, await tool.StandardOutput.ReadLineAsync(Cancellation));

        foreach (var hostile in (string[])
        [
            "", "null", "[]", "{}", "\0\0\0", new string('[', 5000), "{\"kind\":7}", "{\"kind\":\"end\",\"ending\":\"\\u001b[2J\"}", "{\"kind\":\"end\"}",
            WrittenTraining.EpochLine(0, "1").Trim(), WrittenTraining.EpochLine(int.MaxValue, "1").Trim(), WrittenTraining.EpochLine(3, "\"many\"").Trim(),
            WrittenTraining.EpochLine(3, "1").Trim().Replace("loss_bbox", "\\u001b]0;", StringComparison.Ordinal),
        ])
        {
            training.Append(hostile + "\n");
        }

        // A training that ran away is told as it is.
        training.Epoch(3, "\"NaN\"");
        Assert.Equal("epoch 3/4  loss NaN (loss_qfl NaN loss_bbox 1.000)  21.25 images/s  00:01:00 left", await tool.StandardOutput.ReadLineAsync(Cancellation));
        Assert.False(tool.HasExited);
        training.End();
        Assert.Equal("", await tool.StandardOutput.ReadToEndAsync(Cancellation));
        await tool.WaitForExitAsync(Cancellation);
        Assert.Equal(0, tool.ExitCode);
    }

    [Fact]
    public async Task In_a_build_the_end_is_that_of_the_stage()
    {
        _work.Write("Parts.csproj", "<Project />");
        var training = new WrittenTraining(_work, "obj/nanodet/train");
        training.Plan();
        using var tool = ToolProcess.Start("watch", _work.FullPath);
        Assert.Contains("obj", await tool.StandardError.ReadLineAsync(Cancellation), StringComparison.Ordinal);
        training.Epoch(1, "2.5");
        Assert.Equal(First, await tool.StandardOutput.ReadLineAsync(Cancellation));

        // A short training that made the model worse is followed by one from scratch.
        training.End();
        training.Clear();
        training.Epoch(1, "2.75");
        var again = First.Replace("3.500", "3.750", StringComparison.Ordinal).Replace("2.500", "2.750", StringComparison.Ordinal);
        Assert.Equal(again, await tool.StandardOutput.ReadLineAsync(Cancellation));
        training.End();
        training.Done();
        await tool.WaitForExitAsync(Cancellation);
        Assert.Equal(0, tool.ExitCode);

        // What is over is shown at once.
        var after = await ToolProcess.RunAsync("watch", _work["Parts.csproj"]);
        Assert.Equal((0, again + "\n"), (after.ExitCode, after.Output));
    }

    [Theory]
    [InlineData("Parts.csproj", "obj/nanodet/train", "")]
    [InlineData("Parts.csproj", "obj/nanodet/train", "Parts.csproj")]
    [InlineData("src/Parts/Parts.proj", "artifacts/obj/Parts/nanodet/train", "src/Parts")]
    [InlineData("src/Parts/Parts.proj", "artifacts/obj/Parts/nanodet/train", "src/Parts/Parts.proj")]
    [InlineData("sample/Parts.proj", "artifacts/obj/Parts/nanodet/train", "")]
    [InlineData("sample/Parts.proj", "sample/obj/nanodet/train", "")]
    [InlineData("Parts.proj", "elsewhere/nanodet/train", "elsewhere/nanodet")]
    [InlineData("Parts.proj", "elsewhere/nanodet/train", "elsewhere")]
    [InlineData("Parts.proj", "elsewhere/nanodet/train", "elsewhere/nanodet/train")]
    public async Task A_training_is_found_by_its_project_and_by_its_folders(string project, string folder, string target)
    {
        _work.Write(project, "<Project />");
        var training = new WrittenTraining(_work, folder);
        training.Plan();
        training.Epoch(1, "2.5");
        training.Done();

        var run = await ToolProcess.RunAsync("watch", _work[target]);

        Assert.Equal((0, First + "\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Where_there_is_none_one_error_says_where_it_looked()
    {
        _work.Write("Parts.proj", "<Project />");
        var run = await ToolProcess.RunAsync("watch", _work["Parts.proj"]);
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"{_work["Parts.proj"]}: error NDB6114: ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith(Path.Combine("obj", "nanodet", "train", "progress.jsonl") + Environment.NewLine, run.Error, StringComparison.Ordinal);

        var missing = await ToolProcess.RunAsync("watch", _work["missing"]);
        Assert.Equal((1, 1), (missing.ExitCode, missing.Error.Split("error NDB6114").Length - 1));
    }

    [Fact]
    public async Task A_training_that_nobody_goes_on_with_is_not_waited_for()
    {
        var training = new WrittenTraining(_work, "by-hand");
        training.Epoch(1, "2.5");

        var run = await ToolProcess.RunAsync("watch", _work["by-hand"]);

        Assert.Equal((1, First + "\n"), (run.ExitCode, run.Output));
        Assert.EndsWith("No process has trained here for 20 seconds. If the training was stopped, the next build goes on with it.\n", run.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_to_stop_ends_it_as_Ctrl_C_does()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sends a signal");
        var training = new WrittenTraining(_work, "by-hand");
        training.Epoch(1, "2.5");
        using var tool = ToolProcess.Start("watch", _work["by-hand"]);
        Assert.Equal(First, await tool.StandardOutput.ReadLineAsync(Cancellation));
        training.Epoch(2, "2.25", 0.125);
        Assert.Equal(Second, await tool.StandardOutput.ReadLineAsync(Cancellation));
        using (var kill = Process.Start("kill", ["-TERM", $"{tool.Id}"]))
        {
            await kill.WaitForExitAsync(Cancellation);
        }

        await tool.WaitForExitAsync(Cancellation);
        Assert.Equal(130, tool.ExitCode);
    }

    [Fact]
    public async Task On_a_terminal_the_curves_grow_with_the_epochs()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "needs util-linux for a terminal");
        var training = new WrittenTraining(_work, "by-hand");
        training.Epoch(1, "4.0", 0.1);
        training.Epoch(2, "2.0", 0.5);
        training.Epoch(3, "1.0", 0.4);
        training.End();

        var (exitCode, output) = await ToolProcess.RunOnTerminalAsync("watch", _work["by-hand"]);

        Assert.Equal(0, exitCode);
        Assert.Contains("by-hand: the training is complete (Complete)", output, StringComparison.Ordinal);
        Assert.Contains("3 of 4 epochs", output, StringComparison.Ordinal);
        Assert.Contains("mAP  0.400  mAP50 0.650  in epoch 3; the best mAP is 0.500 in epoch 2", output, StringComparison.Ordinal);

        // 72 columns are four epochs: the loss falls from all four rows to one eighth, and the last epoch is to come.
        var plain = Regex.Replace(output, "\u001b\\[[0-9;?]*[A-Za-z]", "");
        Assert.Contains($"  5.000 {new string('█', 18)} ", plain, StringComparison.Ordinal);
        Assert.Contains($"  2.000 {new string('█', 36)}{new string('▁', 18)} ", plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_validation_that_counts_no_object_has_no_figure()
    {
        var training = new WrittenTraining(_work, "by-hand");
        training.Epoch(1, "2.5", -1); // as COCO's evaluation tells it
        training.Append(WrittenTraining.EpochLine(2, "2.25", 0.5).Replace("\"mAP\":0.5,\"AP_50\":0.75", "\"mAP\":null,\"AP_50\":null", StringComparison.Ordinal));
        using var tool = ToolProcess.Start("watch", _work[training.Folder]);

        Assert.Equal(First, await tool.StandardOutput.ReadLineAsync(Cancellation));
        Assert.Equal(Second.Replace("  mAP 0.125  mAP50 0.375", "", StringComparison.Ordinal), await tool.StandardOutput.ReadLineAsync(Cancellation));
        training.End();
        Assert.Equal("", await tool.StandardOutput.ReadToEndAsync(Cancellation));
        await tool.WaitForExitAsync(Cancellation);
    }

    public void Dispose() => _work.Dispose();
}
