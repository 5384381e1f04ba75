using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using NanoDet.Data.Configuration;
using NanoDet.Training.Native;
using NanoDet.Worker.Tests.Training;

namespace NanoDet.Worker.Tests.Proof;

/// <summary>The whole way from a processor that computes wrongly to a model that is right, with planted faults.</summary>
public sealed class ProofGateTests
{
    // They depend on the processor: one without AVX2 has one less.
    private static readonly ImmutableArray<Arithmetic> Choices = Arithmetic.Choices(InstructionSet.Native, TrainingDevice.Cpu);

    [Theory]
    [InlineData("Output LastBlock")]
    [InlineData("InputGradient BorderRow")]
    [InlineData("WeightGradient OneOutputChannel")]
    public void What_computes_wrongly_trains_nothing_and_the_next_choice_gives_the_bytes_of_a_training_told_so(string fault)
    {
        using var work = new TrainingWorkplace(epochs: 1);

        var lines = Lines(work.Train("found", environment: Planted(work, $"{fault} 1")));

        // One warning, before the first step, and a result that says what it was computed with.
        var warning = Assert.Single(lines, line => line.Contains("NDB40", StringComparison.Ordinal));
        Assert.Matches(
            @"^NanoDet: warning NDB4060: libtorch computes wrongly on this machine \(.+\): the (output|input gradient|weight gradient) of a .*convolution of \d+ to \d+ channels, "
            + @"kernel \dx\d, stride \d, on 2 maps of \d+x\d+, (planar|channels last) is off by up to [\d.]+ % of its largest value, in (any of \d+ channels|channels? .+ of \d+)\. "
            + $"{Regex.Escape(Capital(Choices[1]))} are used instead and gave correct results; training takes a.+ longer.*$",
            warning);
        Assert.True(Array.IndexOf(lines, warning) < Array.FindIndex(lines, line => line.StartsWith("epoch ", StringComparison.Ordinal)), string.Join('\n', lines));
        Assert.Equal(Choices[1].Order == MemoryOrder.Planar ? "planar" : "channels-last", Result(work, "found").GetProperty("memoryOrder").GetString());

        // Told so: by a file that says that the first choice is wrong, on a machine without a fault.
        var told = work.Write("told.json", """[{ "operation": "told", "result": "output", "deviation": 1, "channels": "all" }]""");
        Lines(work.Train("told", arguments: ["--after", told], environment: OtherHome(work)));
        work.RequireSameResult("told", "found");

        // The second training knows it, and says it as well.
        var again = Lines(work.Train("again", environment: Planted(work, $"{fault} 1")));
        Assert.Equal(warning, Assert.Single(again, line => line.Contains("NDB40", StringComparison.Ordinal)));
        work.RequireSameResult("found", "again");
    }

    [Fact]
    public void What_computes_wrongly_with_all_instructions_gives_the_bytes_of_a_project_that_asks_for_AVX2()
    {
        Assert.SkipUnless(Choices[1] == new Arithmetic(InstructionSet.Avx2), "needs a processor with AVX2");
        using var work = new TrainingWorkplace(epochs: 1);

        Lines(work.Train("found", environment: Planted(work, "Output OneBatchItem 1")));
        Lines(work.Train("told", new { instructions = "avx2" }, environment: OtherHome(work)));

        work.RequireSameResult("told", "found");
    }

    [Fact]
    public void Where_every_kernel_of_oneDNN_is_wrong_the_last_choice_is_taken()
    {
        using var work = new TrainingWorkplace(epochs: 1);

        var lines = Lines(work.Train("found", environment: Planted(work, $"Output OneBatchItem {Choices.Length - 1}")));

        Assert.False(Choices[^1].UsesOneDnn);
        Assert.Contains(
            $"{Capital(Choices[^1])} are used instead and gave correct results; training takes about five times as long",
            Assert.Single(lines, line => line.Contains("NDB4060", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal("planar", Result(work, "found").GetProperty("memoryOrder").GetString());
    }

    [Fact]
    public void Where_nothing_is_right_nothing_is_trained()
    {
        using var work = new TrainingWorkplace(epochs: 1);

        var (code, lines) = work.Train("out", environment: Planted(work, "Output LastBlock 9"));

        Assert.Equal(1, code);
        Assert.Matches(@"^NanoDet: error NDB4061: libtorch computes wrongly .* All \d ways to compute gave wrong results, so nothing is trained or exported$", Assert.Single(lines));
        Assert.False(Directory.Exists(work["out"]) && Directory.EnumerateFiles(work["out"], "*.safetensors").Any());
    }

    [Fact]
    public void Where_bf16_is_wrong_nothing_is_trained_in_another_precision()
    {
        using var work = new TrainingWorkplace(epochs: 1);

        var (code, lines) = work.Train("out", new { precision = "bFloat16" }, environment: Planted(work, "Output LastBlock 9"));

        Assert.Equal(1, code);
        Assert.Matches(@"^NanoDet: error NDB4062: libtorch computes wrongly .* NanoDetTrainingPrecision is BFloat16, so nothing is trained; use Single$", lines[^1]);
        Assert.False(Directory.Exists(work["out"]) && Directory.EnumerateFiles(work["out"], "*.safetensors").Any());
    }

    [Fact]
    public void A_training_in_bf16_is_proved_and_says_so()
    {
        using var work = new TrainingWorkplace(epochs: 1);

        var lines = Lines(work.Train("out", new { precision = "bFloat16" }, environment: Home(work)));

        Assert.Equal(Processor.HasBFloat16 ? 0 : 1, lines.Count(line => line.Contains("NDB4064", StringComparison.Ordinal)));
        Assert.Equal("bfloat16", Result(work, "out").GetProperty("precision").GetString());
        Assert.InRange(Result(work, "out").GetProperty("provedOperations").GetInt32(), 80, 200);

        // Where only the first choice is wrong, the next one is in bf16 too.
        var next = Lines(work.Train("next", new { precision = "bFloat16" }, environment: [.. OtherHome(work), .. Planted(work, "Output LastBlock 1").Where(variable => variable.Item1.Contains('_', StringComparison.Ordinal))]));
        Assert.Contains("Planar maps are used instead", Assert.Single(next, line => line.Contains("NDB4060", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(("planar", "bfloat16"), (Result(work, "next").GetProperty("memoryOrder").GetString(), Result(work, "next").GetProperty("precision").GetString()));
    }

    [Fact]
    public void Without_a_fault_the_proof_is_silent_and_is_kept()
    {
        using var work = new TrainingWorkplace(epochs: 1);

        var lines = Lines(work.Train("out", environment: Home(work)));

        Assert.DoesNotContain(lines, line => line.Contains("NDB40", StringComparison.Ordinal));
        Assert.Equal("channels-last", Result(work, "out").GetProperty("memoryOrder").GetString());
        Assert.InRange(Result(work, "out").GetProperty("provedOperations").GetInt32(), 60, 120);
        var verdict = Assert.Single(Directory.GetFiles(work["home/.nanodet/arithmetic"]));

        // A damaged verdict costs another proof and nothing else.
        File.WriteAllText(verdict, "{ \"operations\": ");
        Lines(work.Train("again", environment: Home(work)));
        work.RequireSameResult("out", "again");
        Assert.True(JsonDocument.Parse(File.ReadAllBytes(verdict)).RootElement.GetProperty("operations").GetInt32() > 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_stop_reaches_the_process_that_took_over_and_so_does_the_end_of_the_one_before(bool isKilled)
    {
        using var work = new TrainingWorkplace(epochs: 500);
        using var process = work.Start("out", isAttached: true, environment: Planted(work, "Output LastBlock 1"));
        var lines = new List<string>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            lines.Add(line);
            if (line.StartsWith("epoch ", StringComparison.Ordinal))
            {
                if (isKilled)
                {
                    process.Kill();
                }
                else
                {
                    process.StandardInput.Close();
                }
            }
        }

        // Both processes write to this output, so it ends with the second.
        process.WaitForExit();
        Assert.NotEqual(0, process.ExitCode);
        Assert.Contains("error NDB4031", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_stop_during_the_proof_has_its_code()
    {
        using var work = new TrainingWorkplace(epochs: 1);
        var begun = work["begun"];
        using var process = work.Start("out", isAttached: true, environment: [.. Planted(work, "none"), (StartupHook.SlowVariable, begun)]);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(begun) || process.HasExited, TimeSpan.FromMinutes(2)));

        process.StandardInput.Close();

        var (code, lines) = TrainingWorkplace.End(process);
        Assert.Equal(1, code);
        Assert.Equal("NanoDet: error NDB4031: The training was stopped while it started, before it changed anything; the next build starts it again", Assert.Single(lines));
        Assert.False(Directory.Exists(work["home/.nanodet/arithmetic"]));
    }

    private static string Capital(Arithmetic choice) => $"{char.ToUpperInvariant($"{choice}"[0])}{$"{choice}"[1..]}";

    private static string[] Lines((int ExitCode, string[] Lines) outcome)
    {
        Assert.True(outcome.ExitCode == 0, string.Join('\n', outcome.Lines));
        return outcome.Lines;
    }

    private static JsonElement Result(TrainingWorkplace work, string output)
        => JsonDocument.Parse(File.ReadAllBytes(work[$"{output}/result.json"])).RootElement.GetProperty("arithmetic");

    private static (string, string)[] Planted(TrainingWorkplace work, string fault) =>
    [
        .. Home(work),
        ("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location),
        (StartupHook.Variable, fault),
    ];

    private static (string, string)[] OtherHome(TrainingWorkplace work) => Home(work, "other home");

    /// <summary>A user's folder of the test's own, where nothing was proved yet; packages lie where they did.</summary>
    private static (string, string)[] Home(TrainingWorkplace work, string name = "home")
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return [(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME", Directory.CreateDirectory(work[name]).FullName), ("NUGET_PACKAGES", packages)];
    }
}
