using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using NanoDet.Testing;

namespace NanoDet.Worker.Tests.Cards;

/// <summary>The program that proves training on a card can itself be relied on: its dry run goes through all parts, and it finds what is wrong.</summary>
public sealed class CardExaminationTests
{
    [Fact]
    public void A_dry_run_goes_through_all_parts_and_every_bar_is_kept()
    {
        using var folder = new TestFolder();

        var (code, lines) = Run(folder, "--device", "cpu", "--quick", "--reference", Reference());

        Assert.True(code == 0, string.Join('\n', lines));
        using var summary = JsonDocument.Parse(File.ReadAllText(folder["out/summary.json"]));
        Assert.True(summary.RootElement.GetProperty("good").GetBoolean());
        Assert.Equal(
            ["load", "golden", "speed", "accuracy", "resume", "bf16"],
            summary.RootElement.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("name").GetString()));
        Assert.Equal(lines.Length - 1, summary.RootElement.GetProperty("parts").EnumerateArray().Sum(part => part.GetProperty("findings").GetArrayLength()));
        Assert.Contains(lines, line => line.StartsWith("golden    ok      nanodet-plus-m_320: difference of a prediction", StringComparison.Ordinal));
        Assert.Contains("resume    ok      killed and resumed: the same bytes (the bytes of the undisturbed one)", lines);
    }

    [Fact]
    public void What_differs_from_the_original_fails()
    {
        using var folder = new TestFolder();
        var golden = Path.Combine(Reference(), "golden");
        Directory.CreateDirectory(folder["reference/golden"]);
        File.Copy(Path.Combine(golden, "nanodet-plus-m_320.safetensors"), folder["reference/golden/nanodet-plus-m_320.safetensors"]);
        var figures = JsonNode.Parse(File.ReadAllText(Path.Combine(golden, "nanodet-plus-m_320.json")))!;
        figures["loss_states"]!["loss_dfl"] = figures["loss_states"]!["loss_dfl"]!.GetValue<double>() * 1.01;
        File.WriteAllText(folder["reference/golden/nanodet-plus-m_320.json"], figures.ToJsonString());

        var (code, lines) = Run(folder, "--device", "cpu", "--quick", "--only", "golden", "--reference", folder["reference"]);

        Assert.Equal(1, code);
        Assert.StartsWith("NOT GOOD: ", lines[^1], StringComparison.Ordinal);
        var failed = Assert.Single(lines, line => line.Contains("FAILED", StringComparison.Ordinal));
        Assert.Contains("relative difference of a loss: 9.9e-3 in loss_dfl", failed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_without_its_libraries_fails_with_the_reason()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["empty"]);

        var (code, lines) = Run(folder, "--quick", "--libtorch", folder["empty"], "--reference", folder.FullPath);

        Assert.Equal(1, code);
        Assert.Contains(lines, line => line.StartsWith("load      FAILED", StringComparison.Ordinal) && line.Contains("NDB9007", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("golden", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--device", "tpu")]
    [InlineData("--only", "golden,sped")]
    [InlineData("--minutes", "soon")]
    [InlineData("--quik", "")]
    public void Arguments_that_make_no_sense_are_refused(string option, string value)
    {
        using var folder = new TestFolder();

        Assert.Equal(2, Run(folder, value.Length > 0 ? [option, value] : [option]).ExitCode);
        Assert.False(Directory.Exists(folder["out"]));
    }

    private static string Reference() => Path.GetDirectoryName(SharedData.Path("golden"))!;

    private static (int ExitCode, string[] Lines) Run(TestFolder folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "NanoDet.Cuda.dll"), .. arguments, "--output", folder["out"]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return (process.ExitCode, [.. lines, .. errors.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries)]);
    }
}
