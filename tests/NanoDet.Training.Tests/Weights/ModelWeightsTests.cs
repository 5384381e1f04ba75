using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Testing;
using NanoDet.Training.Models;
using NanoDet.Training.Networks;
using NanoDet.Training.Tests.Loop;
using NanoDet.Training.Weights;

namespace NanoDet.Training.Tests.Weights;

public sealed class ModelWeightsTests
{
    [Fact]
    public void Weights_that_are_written_and_read_make_the_same_model()
    {
        using var folder = new TestFolder();
        using var trained = Network(["red", "green"], 1);
        using var fresh = Network(["red", "green"], 2);
        SafetensorsWriter.Write(folder["a.safetensors"], ModelWeights.Export(StateDict.Of(trained), ["red", "green"]));

        var report = ModelWeights.Load("a", WeightFile.Read(folder["a.safetensors"]), fresh, ["red", "green"]);

        Assert.All(report.Rows, row => Assert.Equal(WeightOutcome.Loaded, row.Outcome));
        foreach (var (before, after) in StateDict.Of(trained).Zip(StateDict.Of(fresh)))
        {
            Assert.Equal(TensorContent.Read(before.Value).Data.ToArray(), TensorContent.Read(after.Value).Data.ToArray());
        }
    }

    [Fact]
    public void Rows_of_known_classes_are_kept_by_name_and_others_start_fresh()
    {
        using var trained = Network(["red", "green"], 1);
        using var model = Network(["blue", "green", "red"], 2);
        using var untouched = Network(["blue", "green", "red"], 2);

        var report = ModelWeights.Load("a", ModelWeights.Export(StateDict.Of(trained), ["red", "green"]), model, ["blue", "green", "red"]);

        // One convolution predicts the classes and then the distances of four sides.
        var (file, fresh, loaded) = (Rows(trained), Rows(untouched), Rows(model));
        Assert.Equal(fresh[0], loaded[0]);
        Assert.Equal(file[1], loaded[1]);
        Assert.Equal(file[0], loaded[2]);
        Assert.Equal(file[2..], loaded[3..]);
        var row = Assert.Single(report.Rows, row => row.Name == "head.gfl_cls.0.weight");
        Assert.Equal((WeightOutcome.KnownClasses, "the file has 2 of the 3 classes"), (row.Outcome, row.Reason));
    }

    [Fact]
    public void The_order_of_classes_is_that_of_the_model_also_where_the_shapes_fit()
    {
        using var trained = Network(["red", "green"], 1);
        using var model = Network(["green", "red"], 2);

        ModelWeights.Load("a", ModelWeights.Export(StateDict.Of(trained), ["red", "green"]), model, ["green", "red"]);

        Assert.Equal((Rows(trained)[0], Rows(trained)[1]), (Rows(model)[1], Rows(model)[0]));
    }

    [Fact]
    public void Tensors_of_another_shape_or_name_are_told()
    {
        using var model = Network(["red", "green"], 1);
        var weights = ModelWeights.Export(StateDict.Of(model), ["red", "green"]);
        weights.Tensors["stranger"] = WeightTensor.Of([1, 2], 2);
        weights.Tensors["backbone.conv1.0.weight"] = WeightTensor.Of([1, 2], 2);
        weights.Tensors.Remove("backbone.conv1.1.bias");

        var report = ModelWeights.Load("a", weights, model, ["red", "green"]);

        Assert.Equal(
            [("backbone.conv1.0.weight", WeightOutcome.Renewed), ("backbone.conv1.1.bias", WeightOutcome.Renewed), ("stranger", WeightOutcome.Skipped)],
            report.Rows.Where(row => row.Outcome != WeightOutcome.Loaded).Select(row => (row.Name, row.Outcome)));
        Assert.EndsWith("0 by class, 2 renewed, 1 skipped; guidance module: loaded", report.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_gives_its_moving_average_and_where_it_names_no_classes_equal_numbers_are_the_same()
    {
        using var trained = Network(["red", "green"], 1);
        using var average = Network(["red", "green"], 2);
        using var model = Network(["cat", "dog"], 3);
        using var wider = Network(["cat", "dog", "cow"], 3);
        var checkpoint = ModelWeights.Export(
            StateDict.Of(trained).Select(entry => KeyValuePair.Create("model." + entry.Key, entry.Value))
                .Concat(StateDict.Of(average).Select(entry => KeyValuePair.Create("avg_model." + entry.Key, entry.Value))), []);

        ModelWeights.Load("a.ckpt", checkpoint, model, ["cat", "dog"]);
        var report = ModelWeights.Load("a.ckpt", checkpoint, wider, ["cat", "dog", "cow"]);

        Assert.Equal(Rows(average), Rows(model));
        Assert.Equal(Rows(average)[2..], Rows(wider)[3..]);
        Assert.Equal("the file has 2 classes without names; the rows of the 3 classes are new", report.Rows.Single(row => row.Name == "head.gfl_cls.0.weight").Reason);
    }

    [Fact]
    public void Weights_of_which_nothing_fits_are_refused()
    {
        using var model = Network(["red", "green"], 1);

        var exception = Assert.Throws<NanoDetException>(() => ModelWeights.Load(
            "resnet.pth", new WeightSet(new() { ["fc.weight"] = WeightTensor.Of([1], 1) }, new Dictionary<string, string>()), model, ["red", "green"]));

        Assert.Equal("NDB4105", exception.Diagnostic.Code);
    }

    [Fact]
    public void Weights_of_another_width_are_refused_though_their_counters_fit()
    {
        using var model = Network(["red", "green"], 1);
        var narrow = ModelWeights.Export(StateDict.Of(model), []).Tensors
            .Select(tensor => tensor.Value.Shape.Length == 0 ? tensor : KeyValuePair.Create(tensor.Key, WeightTensor.Of(new float[49], 7, 7)));

        var exception = Assert.Throws<NanoDetException>(() => ModelWeights.Load(
            "narrow.pth", new WeightSet(new(narrow), new Dictionary<string, string>()), model, ["red", "green"]));

        Assert.Equal("NDB4105", exception.Diagnostic.Code);
    }

    [Fact]
    public void Weights_of_another_width_are_refused_though_some_of_their_tensors_fit()
    {
        using var wide = Preset("nanodet-m-1.5x");
        using var model = Preset("nanodet-m");
        var weights = ModelWeights.Export(StateDict.Of(wide), []);

        // The first convolution and its normalisation are the same in every width.
        var whole = Assert.Throws<NanoDetException>(() => ModelWeights.Load("wide.pth", weights, model, ["red", "green"])).Diagnostic;
        var backbone = Assert.Throws<NanoDetException>(() => BackboneWeights.Load("wide.pth", weights, model)).Diagnostic;

        Assert.Equal(("NDB4105", "NDB4105"), (whole.Code, backbone.Code));
        Assert.Matches("^The weights are of another network: [0-9]+ of the [0-9]+ tensors of 'backbone' .* The first is 'backbone[.]stage2[.]0[.]", whole.Message);
    }

    [Fact]
    public void A_backbone_is_of_use_with_another_neck_and_head()
    {
        using var trained = Preset("nanodet-plus-m-0.5x_160");
        using var model = Network(["red", "green"], 1);

        var report = ModelWeights.Load("a", ModelWeights.Export(StateDict.Of(trained), ["red", "green"]), model, ["red", "green"]);

        Assert.All(report.Rows.Where(row => row.Name.StartsWith("backbone.", StringComparison.Ordinal)), row => Assert.Equal(WeightOutcome.Loaded, row.Outcome));
        Assert.True(report.Count(WeightOutcome.Renewed) > 50);
    }

    [Fact]
    public void What_is_no_weight_is_loaded_and_does_not_count()
    {
        using var model = Network(["red", "green"], 1);
        var weights = ModelWeights.Export(StateDict.Of(model), ["red", "green"]);

        var report = ModelWeights.Load("a", weights, model, ["red", "green"]);

        Assert.Contains(report.Rows, row => row is { Name: "backbone.conv1.1.num_batches_tracked", Outcome: WeightOutcome.Loaded });
        Assert.Equal(weights.Tensors.Keys.Count(name => !name.EndsWith(".num_batches_tracked", StringComparison.Ordinal) && name != "head.distribution_project.project" && !name.StartsWith("aux_", StringComparison.Ordinal)), report.Count(WeightOutcome.Loaded));
    }

    [Theory]
    [InlineData("aux_", "0 renewed, 0 skipped; guidance module: new")]
    [InlineData("aux_head.", "0 renewed, 0 skipped; guidance module: [0-9]+ tensors loaded, 0 by class, [0-9]+ renewed, 0 skipped")]
    [InlineData("head.", "[0-9]+ renewed, 0 skipped; guidance module: loaded")]
    public void The_guidance_module_is_counted_apart_and_the_table_has_what_is_counted(string missing, string summary)
    {
        using var model = Network(["red", "green"], 1);
        var weights = ModelWeights.Export(StateDict.Of(model).Where(entry => !entry.Key.StartsWith(missing, StringComparison.Ordinal)), ["red", "green"]);

        var report = ModelWeights.Load("a", weights, model, ["red", "green"]);

        Assert.Matches($"^[0-9]+ tensors loaded, 0 by class, {summary}$", report.Summary);
        Assert.Null(report.Shortfall);
        var tables = $"{report}".Split("The guidance module");
        Assert.Equal(
            [report.Count(WeightOutcome.Loaded), report.Count(WeightOutcome.Renewed), 0],
            new[] { "| Loaded |", "| Renewed |", "num_batches_tracked" }.Select(text => tables[0].Split(text).Length - 1));
        Assert.Contains("| aux_head.", tables[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, 5, 5, 5, null)]
    [InlineData(5, 6, 90, 0, "backbone: 5 of 11")]
    [InlineData(5, 0, 0, 6, "network: 5 of 11")]
    [InlineData(0, 0, 2, 3, "network: 2 of 5")]
    public void Less_than_half_of_the_backbone_or_of_all_that_detects_is_a_shortfall(int backbone, int newBackbone, int others, int newOthers, string? expected)
    {
        var report = new WeightReport(
        [
            .. Rows("backbone.", backbone, WeightOutcome.Loaded), .. Rows("backbone.new", newBackbone, WeightOutcome.Renewed),
            .. Rows("head.", others, WeightOutcome.KnownClasses), .. Rows("head.new", newOthers, WeightOutcome.Renewed),
            // None of these counts.
            .. Rows("aux_head.", 100, WeightOutcome.Renewed), .. Rows("fc.", 100, WeightOutcome.Skipped), new("backbone.bn.num_batches_tracked", WeightOutcome.Renewed),
        ]);

        Assert.Equal(expected, report.Shortfall is { } found ? $"{found.Part}: {found.Loaded} of {found.Tensors}" : null);

        static IEnumerable<WeightReportRow> Rows(string name, int count, WeightOutcome outcome)
            => Enumerable.Range(0, count).Select(i => new WeightReportRow(FormattableString.Invariant($"{name}{i}"), outcome));
    }

    [Fact]
    public void The_backbone_of_published_weights_fits_NanoDet_Plus()
    {
        var configuration = ConfigurationFile.Read(SharedData.Path("configs/nanodet-plus-m_320.yml")).Configuration!;
        using var model = NetworkFactory.Create(configuration.Model, 1);

        var report = ModelWeights.Load("nanodet_m.pth", WeightFile.Read(SharedData.Path("models/nanodet_m.pth")), model, configuration.ClassNames);

        Assert.Equal(330, report.Rows.Count(row => row.Outcome == WeightOutcome.Loaded && row.Name.StartsWith("backbone.", StringComparison.Ordinal)));
    }

    private static DetectionNetwork Preset(string name) => NetworkFactory.Create(Data.Configuration.Presets.Preset.Create(name, ["red", "green"])!.Model, 2);

    private static DetectionNetwork Network(ImmutableArray<string> classes, long seed)
    {
        var model = SmallTraining.Configuration(1).Model;
        return NetworkFactory.Create(
            model with
            {
                Head = model.Head with { NumClasses = classes.Length },
                AuxiliaryHead = model.AuxiliaryHead! with { NumClasses = classes.Length },
            },
            seed);
    }

    private static string[] Rows(DetectionNetwork network)
    {
        var weight = TensorContent.Read(StateDict.Of(network).Single(entry => entry.Key == "head.gfl_cls.0.weight").Value);
        return [.. weight.ToSingles().Chunk((int)(weight.Count / weight.Shape[0])).Select(row => string.Join(',', row))];
    }
}
