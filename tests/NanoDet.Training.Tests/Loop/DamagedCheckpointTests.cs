using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Testing;
using NanoDet.Training.Checkpoints;
using NanoDet.Training.Loop;
using NanoDet.Training.Weights;

namespace NanoDet.Training.Tests.Loop;

public sealed class DamagedCheckpointTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly List<Diagnostic> _reported = [];
    private readonly List<string> _lines = [];
    private readonly Dataset _dataset;
    private readonly TrainingFolder _stopped;

    public DamagedCheckpointTests()
    {
        _dataset = SmallTraining.Draw(_folder["images"]);
        _stopped = new TrainingFolder(_folder["stopped"]);
    }

    public void Dispose() => _folder.Dispose();

    private static Dictionary<string, Func<byte[], byte[]>> Damage { get; } = new()
    {
        ["a bit of the header's length"] = content => Flip(content, 1, 0),
        ["a bit of the header"] = content => Flip(content, 40, 3),
        ["a bit of the state"] = content => Flip(content, content.AsSpan().IndexOf("Position"u8), 2),
        ["the lowest bit of a number"] = content => Flip(content, content.Length / 2 / 4 * 4, 0),
        ["the exponent of a number"] = content => Flip(content, (content.Length / 3 / 4 * 4) + 3, 6),
        ["a bit of the last tensor"] = content => Flip(content, content.Length - 40, 5),
        ["a bit of the digest"] = content => Flip(content, content.Length - 1, 7),
        ["the last byte cut off"] = content => content[..^1],
        ["half of it"] = content => content[..(content.Length / 2)],
        ["a byte more"] = content => [.. content, 0],
        ["nothing in it"] = _ => [],
        ["zeros"] = content => new byte[content.Length],
    };

    [Fact]
    public void Whatever_was_changed_in_a_checkpoint_the_one_before_is_used_and_the_result_is_the_same()
    {
        Train("whole");
        Stop();
        Assert.Equal(["2", "3"], [Epoch(_stopped.PreviousCheckpoint), Epoch(_stopped.Checkpoint)]);
        foreach (var (name, damage) in Damage)
        {
            Copy("stopped", name);
            var folder = new TrainingFolder(_folder[name]);
            var bytes = damage(File.ReadAllBytes(folder.Checkpoint));
            File.WriteAllBytes(folder.Checkpoint, bytes);
            _reported.Clear();
            _lines.Clear();

            Train(name);

            var warning = Assert.Single(_reported);
            Assert.Equal(("NDB4032", DiagnosticSeverity.Warning), (warning.Code, warning.Severity));
            Assert.Contains("resumes from the checkpoint before it", warning.Message, StringComparison.Ordinal);
            Assert.Equal(bytes, File.ReadAllBytes(warning.Location!.Value.File));
            Assert.Contains(", resumed at epoch 2,", _lines[0], StringComparison.Ordinal);
            RequireSameResult("whole", name);
        }
    }

    [Fact]
    public void A_whole_checkpoint_with_other_tensors_costs_an_epoch_and_not_every_later_training()
    {
        Train("whole");
        Stop();
        var other = CheckpointFile.Read(_stopped.Checkpoint);
        var name = other.Tensors.Keys.First(name => name.StartsWith("optimizer.", StringComparison.Ordinal));
        CheckpointFile.Write(_stopped.Checkpoint, _folder["unused"], other with
        {
            Tensors = new(other.Tensors.Where(entry => entry.Key != name && entry.Key != "sha256")),
        });

        Train("stopped");

        var warning = Assert.Single(_reported);
        Assert.Equal("NDB4032", warning.Code);
        Assert.Contains($"no tensor '{name}'", warning.Message, StringComparison.Ordinal);
        Assert.Contains("resumes from the checkpoint before it", warning.Message, StringComparison.Ordinal);
        Assert.Contains(_lines, line => line.Contains(", resumed at epoch 2,", StringComparison.Ordinal));
        RequireSameResult("whole", "stopped");
    }

    [Fact]
    public void A_checkpoint_of_an_earlier_version_with_one_more_tensor_is_resumed()
    {
        Train("whole");
        Stop();
        var earlier = CheckpointFile.Read(_stopped.Checkpoint);
        CheckpointFile.Write(_stopped.Checkpoint, _folder["unused"], earlier with
        {
            Tensors = new(earlier.Tensors.Where(entry => entry.Key != "sha256").Append(new("random", new(ElementType.UInt8, [5056], new byte[5056])))),
        });

        Train("stopped");

        Assert.Empty(_reported);
        Assert.Contains(_lines, line => line.Contains(", resumed at epoch 3,", StringComparison.Ordinal));
        RequireSameResult("whole", "stopped");
    }

    [Fact]
    public void Without_a_whole_checkpoint_the_training_starts_from_the_beginning()
    {
        Train("whole");
        Stop();
        foreach (var path in new[] { _stopped.Checkpoint, _stopped.PreviousCheckpoint })
        {
            File.WriteAllBytes(path, Flip(File.ReadAllBytes(path), 5000, 1));
        }

        Train("stopped");

        var warning = Assert.Single(_reported);
        Assert.Equal("NDB4032", warning.Code);
        Assert.Contains("starts from the beginning", warning.Message, StringComparison.Ordinal);
        RequireSameResult("whole", "stopped");
    }

    [Fact]
    public void Between_its_two_renames_a_checkpoint_has_the_one_before_it()
    {
        Train("whole");
        Stop();
        File.Delete(_stopped.Checkpoint);

        Train("stopped");

        Assert.Empty(_reported);
        Assert.Contains(_lines, line => line.Contains(", resumed at epoch 2,", StringComparison.Ordinal));
        RequireSameResult("whole", "stopped");
    }

    [Fact]
    public void A_result_that_was_changed_or_deleted_after_the_training_is_written_again()
    {
        Train("whole");
        Copy("whole", "changed");
        var changed = new TrainingFolder(_folder["changed"]);
        File.WriteAllBytes(changed.Model, Flip(File.ReadAllBytes(changed.Model), 5000, 1));
        File.Delete(changed.Metrics);
        _lines.Clear();

        Train("changed");

        Assert.DoesNotContain(_lines, line => line.StartsWith("epoch ", StringComparison.Ordinal));
        RequireSameResult("whole", "changed");
    }

    [Fact]
    public void A_damaged_checkpoint_of_a_complete_training_costs_no_epoch()
    {
        Train("whole");
        Copy("whole", "changed");
        var changed = new TrainingFolder(_folder["changed"]);
        File.WriteAllBytes(changed.Checkpoint, Flip(File.ReadAllBytes(changed.Checkpoint), 5000, 1));
        _lines.Clear();

        Train("changed");

        Assert.Equal("NDB4032", Assert.Single(_reported).Code);
        Assert.DoesNotContain(_lines, line => line.StartsWith("epoch ", StringComparison.Ordinal));
        RequireSameResult("whole", "changed");
    }

    [Fact]
    public void Epochs_that_take_little_more_time_than_a_checkpoint_do_not_all_end_with_one_and_the_result_is_the_same()
    {
        Train("whole");
        Train("sparse", spacing: 1_000_000);

        Assert.Equal(["4", "4"], [Epoch(Of("whole").PreviousCheckpoint), Epoch(Of("whole").Checkpoint)]);
        Assert.Equal(["2", "4"], [Epoch(Of("sparse").PreviousCheckpoint), Epoch(Of("sparse").Checkpoint)]);
        RequireSameResult("whole", "sparse");

        TrainingFolder Of(string name) => new(_folder[name]);
    }

    /// <summary>Stops a training of three epochs in the third, with the checkpoint of the first as the one before.</summary>
    private void Stop()
    {
        Train("stopped", line =>
        {
            if (line.StartsWith("epoch 3/", StringComparison.Ordinal))
            {
                // As a process that is killed here leaves it: the third epoch is not saved yet.
                Copy("stopped", "killed");
            }
        });
        Directory.Delete(_folder["stopped"], recursive: true);
        Directory.Move(_folder["killed"], _folder["stopped"]);
        _lines.Clear();
    }

    private static string Epoch(string checkpoint)
    {
        using var state = System.Text.Json.JsonDocument.Parse(WeightFile.Read(checkpoint).Metadata["training"]);
        return (state.RootElement.GetProperty("Position").GetProperty("Epoch").GetInt32() + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static byte[] Flip(byte[] content, int position, int bit)
    {
        var changed = content.ToArray();
        changed[position] ^= (byte)(1 << bit);
        return changed;
    }

    private void Copy(string from, string to)
    {
        Directory.CreateDirectory(_folder[to]);
        foreach (var path in Directory.GetFiles(_folder[from]))
        {
            File.Copy(path, Path.Combine(_folder[to], Path.GetFileName(path)));
        }
    }

    private void Train(string output, Action<string>? line = null, int spacing = 0)
        => new Trainer(SmallTraining.Run(_folder["images"], _folder[output], _dataset) with { CheckpointSpacing = spacing }, line ?? _lines.Add, _reported.Add).Train(CancellationToken.None);

    private void RequireSameResult(string expected, string actual)
    {
        foreach (var file in new[] { "model.safetensors", "last.safetensors", "metrics.csv" })
        {
            Assert.True(File.ReadAllBytes(_folder[$"{expected}/{file}"]).AsSpan().SequenceEqual(File.ReadAllBytes(_folder[$"{actual}/{file}"])), $"{file} of {expected} and {actual} differ");
        }
    }
}
