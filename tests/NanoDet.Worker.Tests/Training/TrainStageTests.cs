using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Testing;
using NetVips;

namespace NanoDet.Worker.Tests.Training;

public sealed class TrainStageTests
{
    [Fact]
    public void A_training_runs_to_its_end_and_a_second_run_of_it_returns_at_once()
    {
        using var work = new TrainingWorkplace(epochs: 2);

        var (code, lines) = work.Train("out");

        Assert.Equal(0, code);
        Assert.Equal(2, lines.Count(line => line.StartsWith("epoch ", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, line => line.Contains(": warning ", StringComparison.Ordinal) || line.Contains(": error ", StringComparison.Ordinal));
        using (var result = JsonDocument.Parse(File.ReadAllText(work["out/result.json"])))
        {
            Assert.Equal("Complete", result.RootElement.GetProperty("ending").GetString());
            Assert.Equal(2, result.RootElement.GetProperty("epochs").GetInt32());
            // It finds nothing yet, so no epoch is the best.
            Assert.False(result.RootElement.TryGetProperty("best", out _));
            Assert.Equal("model.safetensors", result.RootElement.GetProperty("weights").GetString());
        }

        Assert.NotEmpty(Directory.GetFiles(work["out/tensorboard"]));
        var before = Contents(work["out"]);
        (code, lines) = work.Train("out");

        Assert.Equal(0, code);
        Assert.StartsWith("the training is already complete", Assert.Single(lines), StringComparison.Ordinal);
        Assert.Equal(before, Contents(work["out"]));
    }

    [Theory]
    [InlineData("{\"wieghts\": \"a\"}", 1)]
    [InlineData("{\n\"threads\": 0}", 2)]
    [InlineData("{\n\n\"device\": \"gpu\"}", 3)]
    public void A_request_that_makes_no_sense_is_refused_at_its_line(string content, int line)
    {
        using var work = new TrainingWorkplace(epochs: 1);
        var path = work["request.json"];
        File.WriteAllText(path, content);

        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "NanoDet.Worker.dll"), "train", path]) { RedirectStandardOutput = true })!;
        var (code, lines) = TrainingWorkplace.End(process);

        Assert.Equal(1, code);
        Assert.StartsWith($"{path}({line},", Assert.Single(lines), StringComparison.Ordinal);
        Assert.Contains("): error NDB4040: ", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_that_cannot_work_is_told_before_anything_is_computed()
    {
        using var work = new TrainingWorkplace(epochs: 1, configuration => configuration with
        {
            Model = configuration.Model with { Head = configuration.Model.Head with { NumClasses = 80 } },
        });

        var (code, lines) = work.Train("out");

        Assert.Equal(1, code);
        Assert.Contains("configuration.json: error NDB30", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Tiff_pictures_are_trained_on()
    {
        using var work = new TrainingWorkplace(epochs: 1);
        var images = work.Dataset.Images.Select(image =>
        {
            var path = Path.ChangeExtension(image.Path, ".tif");
            using var picture = Image.NewFromFile(work[$"images/{image.Path}"]);
            File.WriteAllBytes(work[$"images/{path}"], picture.TiffsaveBuffer());
            return image with { Path = path, ContentHash = ContentHash.OfFile(work[$"images/{path}"]).ToString() };
        });
        File.WriteAllBytes(work["dataset.json"], DatasetFile.ToJson(work.Dataset with { Images = [.. images] }).ToArray());

        var (code, lines) = work.Train("out");

        Assert.Equal(0, code);
        Assert.Single(lines, line => line.StartsWith("epoch ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(": warning ", StringComparison.Ordinal) || line.Contains(": error ", StringComparison.Ordinal));
    }

    [Fact]
    public void One_small_picture_is_refused_before_the_arithmetic_is_proved()
    {
        using var work = new TrainingWorkplace(epochs: 1, configuration => configuration with { BatchSize = 1 });
        var validation = work.Dataset.Images.Where(image => image.Part == DatasetPart.Validation);
        File.WriteAllBytes(work["dataset.json"], DatasetFile.ToJson(work.Dataset with { Images = [work.Dataset.Images[0], .. validation] }).ToArray());

        var (code, lines) = work.Train("out");

        Assert.Equal(1, code);
        Assert.StartsWith("NanoDet: error NDB4002: A batch of 1 image at 64x64 pixels ", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_libraries_of_CUDA_the_folders_that_were_looked_into_are_listed()
    {
        using var work = new TrainingWorkplace(epochs: 1);

        var (code, lines) = work.Train("out", more: new { device = "cuda" });

        Assert.Equal(1, code);
        Assert.StartsWith("NanoDet: error NDB9001: ", lines[^1], StringComparison.Ordinal);
        Assert.Contains("torch_cuda", lines[^1], StringComparison.Ordinal);
        Assert.Contains(AppContext.BaseDirectory, lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_that_changed_since_the_plan_ends_the_run_before_its_first_step()
    {
        using var work = new TrainingWorkplace(epochs: 1);
        File.AppendAllText(work["images/3.png"], "more");

        var (code, lines) = work.Train("out");

        Assert.Equal(1, code);
        Assert.StartsWith($"{work["images/3.png"]}: error NDB1206: ", Assert.Single(lines), StringComparison.Ordinal);
        Assert.False(File.Exists(work["out/model.safetensors"]));
    }

    [Fact]
    public void Memory_that_is_not_there_is_told_with_batch_and_size_and_what_to_try()
    {
        // No machine has an address for so large a batch, so it fails at once and for the reason that libtorch gives.
        const int Side = 1 << 23;
        using var work = new TrainingWorkplace(epochs: 1, configuration => configuration with { Train = configuration.Train with { Width = Side, Height = Side } });

        var (code, lines) = work.Train("out");

        Assert.Equal(1, code);
        Assert.Contains(lines, line => line.StartsWith($"NanoDet: warning NDB4022: A batch size of 2 at {Side}x{Side} pixels needs about ", StringComparison.Ordinal));
        Assert.Equal($"NanoDet: error NDB4021: Memory ran out with a batch size of 2 at {Side}x{Side} pixels; try a batch size of 1", lines[^1]);
    }

    [Fact]
    public void A_training_that_is_terminated_left_alone_and_killed_ends_in_the_bytes_of_one_that_is_not()
    {
        using var work = new TrainingWorkplace(epochs: 6, configuration => configuration with { Schedule = configuration.Schedule with { ValidationInterval = 3 } });
        Assert.Equal(0, work.Train("whole").ExitCode);

        // A chance of its own in every run of the tests: any steps in any order have to do.
        var interruptions = Enum.GetValues<Interruption>().Where(kind => kind != Interruption.Terminate || !OperatingSystem.IsWindows()).ToArray();
        Random.Shared.Shuffle(interruptions);
        foreach (var (interruption, step) in interruptions.Zip(Enumerable.Range(1, 16).OrderBy(_ => Random.Shared.Next()).Take(3).Order()))
        {
            Interrupt(work, interruption, step);
        }

        var (code, lines) = work.Train("stopped");
        Assert.Equal(0, code);
        Assert.Contains(lines, line => line.Contains("resumed at", StringComparison.Ordinal));
        work.RequireSameResult("whole", "stopped");
        Assert.Empty(Directory.GetFiles(work["stopped"], "*.tmp"));
    }

    [Fact]
    public void A_training_that_cannot_come_to_the_end_of_its_step_writes_its_checkpoint_and_ends_all_the_same()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file that can be opened and never written");
        using var work = new TrainingWorkplace(epochs: 2);
        Assert.Equal(0, work.Train("whole").ExitCode);
        Interrupt(work, Interruption.Kill, step: 2);

        // A step ends when it is logged. Into a pipe that is full and that nobody reads, nothing can be written.
        var progress = work["stopped/progress.jsonl"];
        File.Delete(progress);
        StrangeFile.MakePipe(progress);
        using var full = new FullPipe(progress);
        using (var process = work.Start("stopped", isAttached: true))
        {
            Assert.Contains("resumed at ", process.StandardOutput.ReadLine(), StringComparison.Ordinal);
            process.StandardInput.Close();
            var (code, lines) = TrainingWorkplace.End(process);
            Assert.Equal(1, code);
            Assert.StartsWith("NanoDet: error NDB4031: ", lines[^1], StringComparison.Ordinal);
        }

        Assert.True(File.Exists(work["stopped/checkpoint.safetensors"]));
        File.Delete(progress);
        Assert.Equal(0, work.Train("stopped").ExitCode);
        work.RequireSameResult("whole", "stopped");
    }

    /// <summary>Lets a worker come to a step and stops it there.</summary>
    private static void Interrupt(TrainingWorkplace work, Interruption interruption, int step)
    {
        using var process = work.Start("stopped", isAttached: true, more: new { checkpointSeconds = 0 });
        var progress = work["stopped/progress.jsonl"];
        while (!process.HasExited && (!File.Exists(progress) || TrainingWorkplace.Steps(progress) < step))
        {
            Thread.Sleep(5);
        }

        Assert.False(process.HasExited, $"the training was over before step {step}");
        switch (interruption)
        {
            case Interruption.Terminate:
                Assert.Equal(0, SendSignal(process.Id, 15));
                break;
            case Interruption.CloseInput:
                process.StandardInput.Close();
                break;
            default:
                process.Kill();
                break;
        }

        var (code, lines) = TrainingWorkplace.End(process);
        if (interruption != Interruption.Kill)
        {
            Assert.Equal(1, code);
            Assert.StartsWith("NanoDet: error NDB4031: The training was stopped before ", lines[^1], StringComparison.Ordinal);
        }
    }


    private static SortedDictionary<string, string> Contents(string folder) => new(Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(path => path, path => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))));

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int process, int signal);

    /// <summary>Keeps a named pipe full, which it opens at both ends.</summary>
    private sealed class FullPipe : IDisposable
    {
        private readonly FileStream _pipe;
        private readonly Thread _filler;
        private volatile bool _ends;

        public FullPipe(string path)
        {
            _pipe = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            _filler = new Thread(Fill) { IsBackground = true };
            _filler.Start();
        }

        public void Dispose()
        {
            _ends = true;
            while (_filler.IsAlive)
            {
                _pipe.ReadExactly(new byte[1]);
            }

            _pipe.Dispose();
        }

        // One byte at a time, so that no place is left for a line.
        private void Fill()
        {
            while (!_ends)
            {
                _pipe.WriteByte((byte)' ');
            }
        }
    }

    private enum Interruption
    {
        Terminate,
        CloseInput,
        Kill,
    }
}
