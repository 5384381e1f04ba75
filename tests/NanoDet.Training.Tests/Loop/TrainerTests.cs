using System.Collections.Immutable;
using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Testing;
using NanoDet.Training.Checkpoints;
using NanoDet.Training.Export;
using NanoDet.Training.Loop;
using NanoDet.Training.Models;
using NanoDet.Training.Tests.Conversion;
using NanoDet.Training.Tests.Export;
using NanoDet.Training.Tests.Networks;
using NanoDet.Training.Weights;
using TorchSharp;

namespace NanoDet.Training.Tests.Loop;

public sealed class TrainerTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly List<Diagnostic> _reported = [];
    private readonly List<string> _lines = [];
    private readonly Dataset _dataset;

    public TrainerTests() => _dataset = SmallTraining.Draw(_folder["images"]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_same_request_twice_gives_the_same_bytes_and_tells_how_it_went(int threads)
    {
        var result = Train("first", threads: threads);
        Train("second", threads: threads);

        RequireSameResult("first", "second");
        Assert.Equal((TrainingEnding.Complete, 3), (result.Ending, result.Epochs));
        Assert.Equal(4, File.ReadAllLines(_folder["first/metrics.csv"]).Length);
        Assert.StartsWith("epoch,learning_rate,loss_qfl,", File.ReadAllText(_folder["first/metrics.csv"]), StringComparison.Ordinal);
        Assert.All(File.ReadAllLines(_folder["first/progress.jsonl"]), line => JsonDocument.Parse(line).Dispose());
        Assert.Equal(3, _lines.Take(_lines.Count / 2).Count(line => line.StartsWith("epoch ", StringComparison.Ordinal)));
        Assert.NotEmpty(Directory.GetFiles(_folder["first/tensorboard"]));
        Assert.Equal("""["red","green"]""", WeightFile.Read(result.ModelPath).Metadata["classes"]);
    }

    [Fact]
    public void Denormal_numbers_are_zero_where_it_computes_and_nowhere_else()
    {
        var products = new List<float>();
        new Trainer(Run("flushed"), _ => products.Add(Product()), _reported.Add).Train(CancellationToken.None);

        Assert.NotEmpty(products);
        Assert.All(products, product => Assert.Equal(0, product));
        Assert.NotEqual(0, Product());

        static float Product()
        {
            using var scope = torch.NewDisposeScope();
            return (torch.full(1, 1e-20f) * 1e-20f).item<float>();
        }
    }

    [Fact]
    public void A_training_that_is_cut_off_at_any_moment_ends_in_the_bytes_of_one_that_is_not()
    {
        var snapshots = new List<byte[]>();
        using var done = new CancellationTokenSource();
        Thread? watcher = null;
        new Trainer(Run("whole"), _lines.Add, _reported.Add).Train(CancellationToken.None, save =>
        {
            watcher = new Thread(() =>
            {
                while (!done.Token.WaitHandle.WaitOne(20))
                {
                    save();
                    snapshots.Add(Newest());
                }
            });
            watcher.Start();
        });
        done.Cancel();
        watcher!.Join();

        Assert.True(snapshots.Count >= 3, $"only {snapshots.Count} snapshots");
        foreach (var index in new[] { 1, snapshots.Count / 3, snapshots.Count * 2 / 3 })
        {
            var folder = $"from-{index}";
            Directory.CreateDirectory(_folder[folder]);
            File.WriteAllBytes(_folder[$"{folder}/checkpoint.safetensors"], snapshots[index]);
            Train(folder);
            RequireSameResult("whole", folder);
        }

        byte[] Newest()
        {
            try
            {
                return File.ReadAllBytes(_folder["whole/checkpoint.safetensors"]);
            }
            catch (FileNotFoundException)
            {
                // The training is between the two renames.
                return File.ReadAllBytes(_folder["whole/checkpoint.previous.safetensors"]);
            }
        }
    }

    [Fact]
    public void A_cancelled_training_writes_its_checkpoint_and_goes_on_from_there()
    {
        using var cancellation = new CancellationTokenSource();
        void CancelAfterFirstEpoch(string line)
        {
            if (line.StartsWith("epoch 1/", StringComparison.Ordinal))
            {
                cancellation.Cancel();
            }
        }

        Assert.Throws<OperationCanceledException>(() => new Trainer(Run("stopped"), CancelAfterFirstEpoch, _reported.Add).Train(cancellation.Token));
        Train("stopped");
        Train("whole");

        Assert.Contains(_lines, line => line.Contains("resumed at epoch 2", StringComparison.Ordinal));
        RequireSameResult("whole", "stopped");
    }

    [Fact]
    public void A_training_with_a_smaller_input_at_first_ends_in_the_same_bytes_wherever_it_is_cut_off()
        => RequireSamePhases(
            configuration => configuration with { Train = configuration.Train with { ProgressiveResizing = new(2, 32, 32) } },
            "epochs: 3 (input 32x32 until epoch 2, then 64x64), steps per epoch: 3");

    [Fact]
    public void A_training_whose_guidance_module_ends_before_it_ends_in_the_same_bytes_wherever_it_is_cut_off()
    {
        RequireSamePhases(
            configuration => configuration with { Model = configuration.Model with { GuidanceEpochs = 1 } },
            "epochs: 3 (guidance module until epoch 1), steps per epoch: 3");

        var rows = File.ReadAllLines(_folder["whole/metrics.csv"]).Select(line => line.Split(',')).ToArray();
        var guided = Array.IndexOf(rows[0], "aux_loss_qfl");
        Assert.Equal([false, true, true], rows.Skip(1).Select(row => row[guided].Length == 0));
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
    }

    [Fact]
    public void Without_guidance_module_its_weights_stay_as_they_are()
    {
        Train("one", configuration => Unguided(configuration, epochs: 1));
        Train("three", configuration => Unguided(configuration, epochs: 3));

        Assert.Contains(_lines, line => line.StartsWith("epochs: 3 (no guidance module), ", StringComparison.Ordinal));
        var (one, three) = (WeightFile.Read(_folder["one/last.safetensors"]).Tensors, WeightFile.Read(_folder["three/last.safetensors"]).Tensors);
        Assert.All(one.Where(tensor => StateDict.IsGuidance(tensor.Key)), tensor => Assert.Equal(tensor.Value.Data.ToArray(), three[tensor.Key].Data.ToArray()));
        Assert.NotEqual(one["head.gfl_cls.0.weight"].Data.ToArray(), three["head.gfl_cls.0.weight"].Data.ToArray());

        static NanoDetConfiguration Unguided(NanoDetConfiguration configuration, int epochs)
            => configuration with { Model = configuration.Model with { GuidanceEpochs = 0 }, Schedule = configuration.Schedule with { TotalEpochs = epochs } };
    }

    [Fact]
    public void A_training_of_one_step_per_epoch_that_is_resumed_after_its_last_step_has_nothing_left()
    {
        var run = Run("single");
        var state = TrainingState.Beginning(run.Inputs()) with { Position = new(run.Configuration.Schedule.TotalEpochs - 1, 1) };
        using var log = new TrainingLog(new TrainingFolder(run.OutputFolder), run.Configuration, stepsPerEpoch: 1, state, _lines.Add);

        log.Epoch(state with { Position = new(run.Configuration.Schedule.TotalEpochs, 0), History = [new(run.Configuration.Schedule.TotalEpochs - 1, 0.001, [], [])] }, metrics: null);

        Assert.EndsWith("  00:00:00 left", _lines[^1], StringComparison.Ordinal);
    }

    /// <summary>A training whose epochs are not alike is another one than that of the same epochs, and ends in the same bytes when it is cut off in any of them.</summary>
    private void RequireSamePhases(Func<NanoDetConfiguration, NanoDetConfiguration> phases, string line)
    {
        Train("full");
        Train("whole", phases);
        Assert.NotEqual(File.ReadAllBytes(_folder["full/last.safetensors"]), File.ReadAllBytes(_folder["whole/last.safetensors"]));
        Assert.StartsWith(line, Assert.Single(_lines, said => said.Contains("until epoch", StringComparison.Ordinal)), StringComparison.Ordinal);

        foreach (var last in new[] { 1, 2 })
        {
            using var cancellation = new CancellationTokenSource();
            void Cancel(string said)
            {
                if (said.StartsWith($"epoch {last}/", StringComparison.Ordinal))
                {
                    cancellation.Cancel();
                }
            }

            var stopped = Run($"stopped-{last}");
            stopped = stopped with { Configuration = phases(stopped.Configuration) };
            Assert.NotEqual(Run("full").Identity(), stopped.Identity());
            Assert.Throws<OperationCanceledException>(() => new Trainer(stopped, Cancel, _reported.Add).Train(cancellation.Token));
            Train($"stopped-{last}", phases);

            Assert.Contains(_lines, said => said.Contains($"resumed at epoch {last + 1}", StringComparison.Ordinal));
            RequireSameResult("whole", $"stopped-{last}");
        }
    }

    public static TheoryData<NanoDetConfiguration> OtherNetworks { get; } =
    [
        SmallTraining.With(new RepVggConfiguration("A0") { OutStages = [2, 3, 4], LastChannel = 64 }, epochs: 2),
        SmallTraining.With(new EfficientNetLiteConfiguration("efficientnet_lite0") { OutStages = [2, 4, 6], Activation = Activation.ReLU6 }, epochs: 2),
        SmallTraining.With(
            new CustomCspNetConfiguration(
                [new("Conv", [3, 8, 3, 2]), new("MaxPool", [2, 2]), new("CspBlock", [8, 0, 3, 2]), new("CspBlock", [16, 1, 3, 2]), new("CspBlock", [32, 2, 3, 2])])
            {
                OutStages = [2, 3, 4],
                Activation = Activation.LeakyReLU,
            },
            epochs: 2),
        SmallTraining.With(new TimmConfiguration("convnext_atto") { OutStages = [1, 2, 3] }, epochs: 2),
        SmallTraining.With(new ResNetConfiguration(18) { OutStages = [2, 3, 4] }, epochs: 2),
        SmallTraining.With(new MobileNetV2Configuration { WidthMultiplier = 0.5, OutStages = [2, 4, 6] }, epochs: 2),
        SmallTraining.With(new GhostNetConfiguration { WidthMultiplier = 0.5, OutStages = [4, 6, 9] }, epochs: 2),
        SmallTraining.WithAttention(epochs: 2),
        SmallTraining.Legacy(epochs: 2) with { Model = OtherParts.Of("FPN, GFLHead") },
        SmallTraining.Configuration(epochs: 2) with { Model = OtherParts.Of("TAN, NanoDetPlusHead") },
    ];

    [Theory]
    [MemberData(nameof(OtherNetworks))]
    public void A_training_of_another_network_that_is_stopped_ends_in_the_bytes_of_one_that_is_not(NanoDetConfiguration configuration)
    {
        using var cancellation = new CancellationTokenSource();
        void CancelAfterFirstEpoch(string line)
        {
            if (line.StartsWith("epoch 1/", StringComparison.Ordinal))
            {
                cancellation.Cancel();
            }
        }

        Assert.Throws<OperationCanceledException>(
            () => new Trainer(Run("stopped") with { Configuration = configuration }, CancelAfterFirstEpoch, _reported.Add).Train(cancellation.Token));
        Train("whole", _ => configuration);
        Train("stopped", _ => configuration);

        Assert.Contains(_lines, line => line.Contains("resumed at epoch 2", StringComparison.Ordinal));
        RequireSameResult("whole", "stopped");
    }

    [Fact]
    public void A_finished_training_that_is_asked_for_again_computes_nothing()
    {
        Train("out");
        var before = File.ReadAllBytes(_folder["out/model.safetensors"]);
        _lines.Clear();

        Train("out");

        Assert.DoesNotContain(_lines, line => line.StartsWith("epoch ", StringComparison.Ordinal));
        Assert.Equal(before, File.ReadAllBytes(_folder["out/model.safetensors"]));
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_told_and_not_used()
    {
        using var cancellation = new CancellationTokenSource();
        var other = Run("out");
        other = other with { Configuration = other.Configuration with { Seed = 1 } };
        Assert.Throws<OperationCanceledException>(() => new Trainer(other, _ => cancellation.Cancel(), _reported.Add).Train(cancellation.Token));

        Train("out");
        Train("fresh");
        Train("out", configuration => configuration with { Seed = 2 });
        Train("out");

        // Of the one that was cut off; nothing is lost of those that were done.
        Assert.Equal(["NDB4030"], _reported.Select(diagnostic => diagnostic.Code));
        RequireSameResult("fresh", "out");
    }

    [Theory]
    [InlineData("configuration or seed")]
    [InlineData("data, threads")]
    public void What_differs_from_the_training_of_a_checkpoint_is_told(string differing)
    {
        using var cancellation = new CancellationTokenSource();
        var run = Run("out");
        Assert.Throws<OperationCanceledException>(() => new Trainer(run, _ => cancellation.Cancel(), _reported.Add).Train(cancellation.Token));
        var other = differing == "data, threads" ? run with { Threads = 2, Dataset = run.Dataset with { Images = run.Dataset.Images.SetItem(0, run.Dataset.Images[0] with { Objects = [] }) } }
            : run with { Configuration = run.Configuration with { Schedule = run.Configuration.Schedule with { TotalEpochs = 4 } } };
        using var again = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() => new Trainer(other, _ => again.Cancel(), _reported.Add).Train(again.Token));

        Assert.Contains($"with other inputs ({differing}), so", Assert.Single(_reported, diagnostic => diagnostic.Code == "NDB4030").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frozen_backbone_is_the_same_to_the_bit_afterwards_and_the_rest_is_not()
    {
        Train("untrained", configuration => configuration with
        {
            Schedule = configuration.Schedule with { Optimizer = new SgdConfiguration { LearningRate = 0 }, Freeze = [ModelPart.Backbone, ModelPart.Neck] },
        });
        Train("frozen", configuration => configuration with { Schedule = configuration.Schedule with { Freeze = [ModelPart.Backbone] } });

        var before = WeightFile.Read(_folder["untrained/last.safetensors"]).Tensors;
        var after = WeightFile.Read(_folder["frozen/last.safetensors"]).Tensors;
        foreach (var (name, tensor) in before)
        {
            var isSame = tensor.Data.Span.SequenceEqual(after[name].Data.Span);
            Assert.True(isSame || !name.StartsWith("backbone.", StringComparison.Ordinal), $"{name} changed");
        }

        Assert.Contains(after, entry => entry.Key.StartsWith("head.", StringComparison.Ordinal) && !entry.Value.Data.Span.SequenceEqual(before[entry.Key].Data.Span));
    }

    [Theory]
    [InlineData(DatasetPart.Train)]
    [InlineData(DatasetPart.Validation)]
    public void Damaged_pictures_of_every_part_are_all_told_before_the_first_step(DatasetPart part)
    {
        Train("before");
        var damaged = _dataset.Of(part).Take(2).Select(image => image.Path).Order(StringComparer.Ordinal).ToArray();
        var images = _dataset.Images.Select(image => !damaged.Contains(image.Path) ? image : image with { ContentHash = Damage(image.Path) });
        var dataset = _dataset with { Images = [.. images] };

        var error = Assert.Throws<NanoDetException>(() => new Trainer(Run("before") with { Dataset = dataset }, _ => { }, _reported.Add).Train(CancellationToken.None));

        Assert.Equal(damaged, _reported.Append(error.Diagnostic).Select(Name));
        Assert.All(_reported.Append(error.Diagnostic), diagnostic => Assert.Equal(("NDB1201", DiagnosticSeverity.Error), (diagnostic.Code, diagnostic.Severity)));
        Assert.True(File.Exists(_folder["before/model.safetensors"]));

        static string Name(Diagnostic diagnostic) => Path.GetFileName(diagnostic.Location!.Value.File);

        string Damage(string path)
        {
            File.WriteAllBytes(_folder[$"images/{path}"], [1, 2, 3, (byte)path[0]]);
            return ContentHash.OfFile(_folder[$"images/{path}"]).ToString();
        }
    }

    [Fact]
    public void Weights_that_changed_since_the_plan_end_the_training_before_its_first_step()
    {
        Train("before");
        var weights = _folder["before/model.safetensors"];
        var run = Run("out") with { PretrainedHash = ContentHash.OfFile(weights).ToString() };
        run = run with { Configuration = run.Configuration with { Schedule = run.Configuration.Schedule with { LoadModel = weights } } };
        new Trainer(run, _ => { }, _reported.Add).Train(CancellationToken.None);

        File.Copy(_folder["before/last.safetensors"], weights, overwrite: true);
        File.AppendAllText(weights, " ");
        var error = Assert.Throws<NanoDetException>(() => new Trainer(run with { OutputFolder = _folder["again"] }, _ => { }, _reported.Add).Train(CancellationToken.None));

        Assert.Equal("NDB4106", error.Diagnostic.Code);
        Assert.False(File.Exists(_folder["again/model.safetensors"]));
    }

    [Fact]
    public void A_training_begins_with_the_weights_of_the_backbone_and_its_key_has_their_content()
    {
        Train("before");
        var weights = _folder["before/model.safetensors"];
        TrainingRun With(string? backbone, string? whole, string output)
        {
            var run = Run(output) with { BackboneWeightsHash = backbone is null ? null : ContentHash.OfFile(weights).ToString() };
            return run with { Configuration = run.Configuration with { Schedule = run.Configuration.Schedule with { BackboneWeights = backbone, LoadModel = whole } } };
        }

        var lines = new List<string>();
        new Trainer(With(weights, weights, "both"), lines.Add, _reported.Add).Train(CancellationToken.None);

        var tables = File.ReadAllText(_folder["both/weights.md"]);
        // Of each file, one of what detects and one of the guidance module.
        Assert.Equal(4, tables.Split("| tensor | outcome | why |").Length - 1);
        Assert.Contains("| backbone.conv1.0.weight | Loaded |", tables, StringComparison.Ordinal);
        Assert.Equal(2, lines.Count(line => line.StartsWith(weights, StringComparison.Ordinal)));
        Assert.Equal(3, new[] { With(null, null, "a"), With(weights, null, "b"), With(null, weights, "c"), With(weights, null, "d") }.Select(run => run.Identity()).Distinct().Count());

        File.Copy(_folder["before/last.safetensors"], _folder["moved.safetensors"]);
        File.AppendAllText(_folder["moved.safetensors"], " ");
        var error = Assert.Throws<NanoDetException>(() => new Trainer(With(_folder["moved.safetensors"], null, "again"), _ => { }, _reported.Add).Train(CancellationToken.None));
        Assert.Equal("NDB4106", error.Diagnostic.Code);
    }

    [Theory]
    [InlineData("backbone.stage", true)]
    [InlineData("aux_", false)]
    public void Weights_without_most_of_the_backbone_are_told_at_the_line_that_names_them_with_the_table(string missing, bool isTold)
    {
        using (var network = ConvertedNetwork.Create(SmallTraining.Configuration(1).Model))
        {
            SafetensorsWriter.Write(_folder["part.safetensors"], ModelWeights.Export(StateDict.Of(network).Where(entry => !entry.Key.StartsWith(missing, StringComparison.Ordinal)), ["red", "green"]));
        }

        var run = Run("out") with { PretrainedPlace = new SourceLocation("detector.yml", 7, 3) };
        run = run with { Configuration = run.Configuration with { Schedule = run.Configuration.Schedule with { LoadModel = _folder["part.safetensors"], TotalEpochs = 1 } } };
        new Trainer(run, _lines.Add, _reported.Add).Train(CancellationToken.None);

        var told = _reported.Where(diagnostic => diagnostic.Code == "NDB4114").ToList();
        Assert.Equal(isTold ? ["detector.yml(7,3)"] : [], told.Select(diagnostic => $"{diagnostic.Location}"));
        Assert.All(told, diagnostic => Assert.Contains("weights.md", diagnostic.Message, StringComparison.Ordinal));
        Assert.Single(_lines, line => line.EndsWith($"skipped; guidance module: {(isTold ? "loaded" : "new")} ({_folder["out/weights.md"]})", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("model.onnx", true)]
    [InlineData("again.safetensors", true)]
    [InlineData("trained.safetensors", false)]
    public void Weights_that_were_read_back_from_an_exported_model_are_told_at_the_line_that_names_them(string file, bool isFolded)
    {
        using (var network = ConvertedNetwork.Create(SmallTraining.Configuration(1).Model))
        using (var again = ConvertedNetwork.Create(SmallTraining.Configuration(1).Model, seed: 4))
        {
            ConvertedNetwork.Write(network, _folder["trained.safetensors"], "red", "green");
            File.WriteAllBytes(_folder["model.onnx"], OnnxExporter.Export(network, ExportedModel.Metadata(network, 64, 64)));
            ModelWeights.Load("model.onnx", WeightFile.Read(_folder["model.onnx"]), again, ["red", "green"]);
            SafetensorsWriter.Write(_folder["again.safetensors"], ModelWeights.Export(StateDict.Of(again).Where(entry => !entry.Key.StartsWith("aux_", StringComparison.Ordinal)), ["red", "green"]));
        }

        var run = Run("out") with { PretrainedPlace = new SourceLocation("detector.yml", 7, 3) };
        run = run with { Configuration = run.Configuration with { Schedule = run.Configuration.Schedule with { LoadModel = _folder[file], TotalEpochs = 1 } } };
        new Trainer(run, _ => { }, _reported.Add).Train(CancellationToken.None);

        var told = _reported.Where(diagnostic => diagnostic.Code == "NDB4113").ToList();
        Assert.Equal(isFolded ? ["detector.yml(7,3)"] : [], told.Select(diagnostic => $"{diagnostic.Location}"));
        Assert.Equal(isFolded, File.ReadAllText(_folder["out/weights.md"]).Contains("running_mean | Loaded | it changes nothing", StringComparison.Ordinal));
    }

    [Fact]
    public void A_picture_that_is_known_to_decode_is_not_decoded_before_the_first_step()
    {
        var run = Run("out") with { DecodedPictures = _folder["decoded.cache"] };
        new Trainer(run, _ => { }, _reported.Add).Train(CancellationToken.None);
        Assert.Equal(1 + _dataset.Images.DistinctBy(image => image.ContentHash).Count(), File.ReadAllLines(_folder["decoded.cache"]).Length);

        // It has changed since and nobody has seen that; the training itself sees it, because it decodes it.
        var picture = _dataset.Of(DatasetPart.Validation).First().Path;
        File.AppendAllText(_folder[$"images/{picture}"], "more");
        var error = Assert.Throws<NanoDetException>(() => new Trainer(run with { OutputFolder = _folder["again"] }, _ => { }, _reported.Add).Train(CancellationToken.None));

        Assert.Equal(("NDB1206", picture), (error.Diagnostic.Code, Path.GetFileName(error.Diagnostic.Location!.Value.File)));
        Assert.True(File.Exists(_folder["again/checkpoint.safetensors"]));
        Assert.False(File.Exists(_folder["again/result.json"]));
    }

    [Fact]
    public void A_loss_that_is_no_number_names_the_batch_and_keeps_the_last_good_checkpoint()
    {
        var exploding = Assert.Throws<NanoDetException>(() => Train("out", configuration => configuration with
        {
            GradientClip = 0,
            Schedule = configuration.Schedule with
            {
                Optimizer = new SgdConfiguration { LearningRate = 1e30 },
                Warmup = new(WarmupKind.Constant, 0, 1),
                TotalEpochs = 3,
            },
        }));

        Assert.Equal("NDB4020", exploding.Diagnostic.Code);
        Assert.Contains(".png", exploding.Diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_stops_early_when_nothing_becomes_better()
    {
        var result = Stale();

        Assert.Equal((TrainingEnding.EarlyStop, 3), (result.Ending, result.Epochs));
        Assert.Null(result.Best);

        // A run that is killed before it has said so ends in the same place.
        File.Delete(_folder["out/result.json"]);
        Assert.Equal(result, Stale());
        Assert.Equal(result, Stale());

        TrainingResult Stale() => Train("out", configuration => configuration with
        {
            Schedule = configuration.Schedule with
            {
                Optimizer = new SgdConfiguration { LearningRate = 0 },
                TotalEpochs = 20,
                ValidationInterval = 1,
                EarlyStopPatience = 2,
            },
        });
    }

    [Fact]
    public void Training_does_not_stop_early_before_its_input_has_the_full_size()
    {
        var result = Train("out", configuration => configuration with
        {
            Train = configuration.Train with { ProgressiveResizing = new(4, 32, 32) },
            Schedule = configuration.Schedule with { Optimizer = new SgdConfiguration { LearningRate = 0 }, TotalEpochs = 20, ValidationInterval = 1, EarlyStopPatience = 2 },
        });

        Assert.Equal((TrainingEnding.EarlyStop, 6), (result.Ending, result.Epochs));
    }

    [Fact]
    public void Training_stops_at_the_end_of_the_epoch_in_which_its_time_is_used_up()
    {
        var result = Train("out", configuration => configuration with { Schedule = configuration.Schedule with { MaxMinutes = 1e-6 } });

        Assert.Equal((TrainingEnding.TimeBudget, 1), (result.Ending, result.Epochs));
        Assert.True(File.Exists(result.ModelPath));
    }

    [Fact]
    public void If_no_validation_finds_anything_the_last_epoch_is_the_model_and_a_line_says_so()
    {
        var result = Train("out", configuration => configuration with
        {
            Schedule = configuration.Schedule with { Optimizer = new SgdConfiguration { LearningRate = 1e-6 }, ValidationInterval = 1 },
        });

        Assert.Null(result.Best);
        Assert.Equal(File.ReadAllBytes(_folder["out/last.safetensors"]), File.ReadAllBytes(_folder["out/model.safetensors"]));
        Assert.Equal("the model is that of the last epoch, 3: no validation has a figure above 0", _lines[^1]);
        using var written = JsonDocument.Parse(File.ReadAllBytes(_folder["out/result.json"]));
        Assert.False(written.RootElement.TryGetProperty("best", out _));
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "; images keep their aspect ratio, so each was validated at the size that it needs, and the figures of the exported model, which fills its whole input, differ")]
    public void The_last_line_says_which_epoch_is_the_model(bool keepRatio, string note)
    {
        var configuration = SmallTraining.Configuration(3) with { SaveKey = "AP_50" };
        var state = TrainingState.Beginning(new Fingerprint([]));
        using var log = new TrainingLog(new TrainingFolder(_folder["out"]), configuration with { Validation = configuration.Validation with { KeepRatio = keepRatio } }, 3, state, _lines.Add);

        log.End(new TrainingResult(TrainingEnding.Complete, 3, new BestEpoch(1, 0.25), "model.safetensors"), state);

        Assert.Equal($"the model is that of epoch 2 of 3, the one with the best AP_50 of the validation: 0.250{note}", _lines[^1]);
    }

    [Fact]
    public void Without_images_to_judge_by_the_last_weights_are_the_model()
    {
        var run = Run("out");
        var training = run.Dataset.Images.Where(image => image.Part == DatasetPart.Train).ToImmutableArray();

        new Trainer(run with { Dataset = run.Dataset with { Images = training } }, _lines.Add, _reported.Add).Train(CancellationToken.None);

        Assert.Equal(File.ReadAllBytes(_folder["out/last.safetensors"]), File.ReadAllBytes(_folder["out/model.safetensors"]));
        Assert.Equal("the model is that of the last epoch, 3: none was validated", _lines[^1]);
    }

    [Theory]
    [InlineData(2, "mAP")] // no object at all
    [InlineData(0, "AP_l")] // the squares are small
    public void Where_nothing_counts_for_the_deciding_figure_the_last_weights_are_the_model(int negatives, string figure)
    {
        var run = Run("out");
        var images = run.Dataset.Images.Select((image, i) => i >= run.Dataset.Images.Length - negatives ? image with { Objects = [] } : image);
        run = run with
        {
            Dataset = run.Dataset with { Images = [.. images] },
            Configuration = run.Configuration with { SaveKey = figure, Schedule = run.Configuration.Schedule with { ValidationInterval = 1, EarlyStopPatience = 1 } },
        };

        var result = new Trainer(run, _lines.Add, _reported.Add).Train(CancellationToken.None);

        var warning = Assert.Single(_reported);
        Assert.Equal(("NDB4033", DiagnosticSeverity.Warning), (warning.Code, warning.Severity));
        Assert.Contains(figure, warning.Message, StringComparison.Ordinal);
        Assert.Equal((TrainingEnding.Complete, 3, null), (result.Ending, result.Epochs, result.Best));
        Assert.Equal(File.ReadAllBytes(_folder["out/last.safetensors"]), File.ReadAllBytes(_folder["out/model.safetensors"]));
        using var written = JsonDocument.Parse(File.ReadAllBytes(_folder["out/result.json"]));
        Assert.False(written.RootElement.TryGetProperty("best", out _));

        // A figure of -1 is told nowhere as if it were a result.
        foreach (var line in File.ReadLines(_folder["out/progress.jsonl"]).Where(line => line.Contains("\"epoch\",", StringComparison.Ordinal)))
        {
            using var epoch = JsonDocument.Parse(line);
            Assert.Equal(JsonValueKind.Null, epoch.RootElement.GetProperty("metrics").GetProperty(figure).ValueKind);
        }

        Assert.Equal(figure == "mAP", !_lines.Exists(line => line.Contains("mAP", StringComparison.Ordinal)));
        Assert.DoesNotContain(_lines, line => line.Contains("-1.0", StringComparison.Ordinal));
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_told_at_their_epoch_and_never_saved()
    {
        // One step whose loss and gradients are numbers; what it makes of the weights is not.
        var exploding = Assert.Throws<NanoDetException>(() => Train("out", configuration => configuration with
        {
            BatchSize = 6,
            GradientClip = 0,
            Schedule = configuration.Schedule with { Optimizer = new SgdConfiguration { LearningRate = 1e38, WeightDecay = 1e3 }, Warmup = new(WarmupKind.Constant, 0, 1), TotalEpochs = 1 },
        }));

        Assert.Equal("NDB4020", exploding.Diagnostic.Code);
        Assert.StartsWith("The weight in model.", exploding.Diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains(" at epoch 1, step 1; ", exploding.Diagnostic.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder["out"], "*.safetensors"));
        Assert.False(File.Exists(_folder["out/result.json"]));
    }

    [Theory]
    [InlineData(1, 64, 64, true)]
    [InlineData(1, 32, 64, true)]
    [InlineData(1, 96, 64, false)]
    [InlineData(2, 64, 64, false)]
    [InlineData(1, 96, 64, true, 64)]
    [InlineData(1, 128, 64, false, 96)]
    public void One_value_per_channel_is_refused_before_anything_is_computed_and_two_are_enough(int images, int width, int height, bool isRefused, int? first = null)
    {
        var run = Run("out");
        var chosen = run.Dataset.Images.Where(image => image.Part == DatasetPart.Train).Take(images).Concat(run.Dataset.Images.Where(image => image.Part == DatasetPart.Validation));
        run = run with
        {
            Dataset = run.Dataset with { Images = [.. chosen] },
            Configuration = run.Configuration with { Train = run.Configuration.Train with { Width = width, Height = height, ProgressiveResizing = first is { } smaller ? new(1, smaller, height) : null } },
        };

        if (isRefused)
        {
            Assert.Equal("NDB4002", Assert.Throws<NanoDetException>(() => new Trainer(run, _lines.Add, _reported.Add).Train(CancellationToken.None)).Diagnostic.Code);
            Assert.False(Directory.Exists(_folder["out"]));
        }
        else
        {
            // It ends, so every weight of every epoch is a finite number.
            Assert.Equal(TrainingEnding.Complete, new Trainer(run, _lines.Add, _reported.Add).Train(CancellationToken.None).Ending);
        }
    }

    private TrainingResult Train(string output, Func<NanoDetConfiguration, NanoDetConfiguration>? change = null, int threads = 1)
    {
        var run = Run(output) with { Threads = threads };
        return new Trainer(run with { Configuration = change?.Invoke(run.Configuration) ?? run.Configuration }, _lines.Add, _reported.Add).Train(CancellationToken.None);
    }

    private TrainingRun Run(string output) => SmallTraining.Run(_folder["images"], _folder[output], _dataset);

    private void RequireSameResult(string expected, string actual)
    {
        foreach (var file in new[] { "model.safetensors", "last.safetensors", "metrics.csv" })
        {
            Assert.True(File.ReadAllBytes(_folder[$"{expected}/{file}"]).AsSpan().SequenceEqual(File.ReadAllBytes(_folder[$"{actual}/{file}"])), $"{file} of {expected} and {actual} differ");
        }
    }
}
