using System.Globalization;
using System.Text.Json.Nodes;
using Json.Schema;
using NanoDet.Data.Configuration;
using NanoDet.Data.Configuration.Yaml;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Configuration;

/// <summary>The schema for editors takes a configuration file where the reader takes it, key by key.</summary>
public sealed class ConfigurationSchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(File.ReadAllText(Path.Combine(Repository.Root, "docs", "schemas", "nanodet.configuration.schema.json")));

    private const string Huge = "1000000007";

    private static readonly Dictionary<string, string> Samples = new()
    {
        ["plus"] = SampleConfigurations.Plus,
        ["legacy"] = SampleConfigurations.Legacy,
        ["tan"] = SampleConfigurations.LegacyWithTan,
        ["pyramid"] = SampleConfigurations.LegacyWithPyramid.Replace("      start_level: 0\n", "      start_level: 0\n      activation: ReLU\n      norm_cfg: {type: BN, requires_grad: False}\n", StringComparison.Ordinal),
        ["efficientnet"] = SampleConfigurations.LegacyWithBackbone("      name: EfficientNetLite\n      model_name: efficientnet_lite0\n      out_stages: [2, 4, 6]\n      activation: ReLU6\n"),
        ["repvgg"] = SampleConfigurations.LegacyWithBackbone("      name: RepVGG\n      arch: A0\n      out_stages: [2, 3, 4]\n      last_channel: 512\n"),
        ["csp"] = SampleConfigurations.LegacyWithBackbone("      name: CustomCspNet\n      net_cfg: [[Conv, 3, 32, 3, 2], [MaxPool, 3, 2]]\n      out_stages: [0, 1]\n"),
        ["resnet"] = SampleConfigurations.LegacyWithBackbone("      name: ResNet\n      depth: 18\n      out_stages: [2, 3, 4]\n      pretrain: False\n"),
        ["mobilenet"] = SampleConfigurations.LegacyWithBackbone("      name: MobileNetV2\n      width_mult: 0.5\n      out_stages: [2, 4, 6]\n      last_channel: 640\n"),
        ["ghostnet"] = SampleConfigurations.LegacyWithBackbone("      name: GhostNet\n      width_mult: 1.3\n      out_stages: [4, 6, 9]\n      activation: ReLU\n"),
        ["timm"] = SampleConfigurations.LegacyWithBackbone("      name: TIMMWrapper\n      model_name: resnet18\n      features_only: True\n      out_indices: [1, 2, 3]\n"),
        ["adam"] = SampleConfigurations.PlusWithOptimizer("Adam", "betas: [0.9, 0.99]", "eps: 1e-8"),
        ["adamax"] = SampleConfigurations.PlusWithOptimizer("Adamax", "betas: [0.9, 0.99]", "eps: 1e-8"),
        ["nadam"] = SampleConfigurations.PlusWithOptimizer("NAdam", "betas: [0.9, 0.99]", "eps: 1e-8", "momentum_decay: 0.01"),
        ["radam"] = SampleConfigurations.PlusWithOptimizer("RAdam", "betas: [0.9, 0.99]", "eps: 1e-8"),
        ["rmsprop"] = SampleConfigurations.PlusWithOptimizer("RMSprop", "alpha: 0.9", "eps: 1e-8", "momentum: 0.5", "centered: True"),
        ["adagrad"] = SampleConfigurations.PlusWithOptimizer("Adagrad", "lr_decay: 0.1", "initial_accumulator_value: 0.1", "eps: 1e-8"),
        ["adadelta"] = SampleConfigurations.PlusWithOptimizer("Adadelta", "rho: 0.8", "eps: 1e-6"),
        ["asgd"] = SampleConfigurations.PlusWithOptimizer("ASGD", "lambd: 1e-4", "alpha: 0.75"),
        ["rprop"] = SampleConfigurations.PlusWithOptimizer("Rprop", "etas: [0.5, 1.2]", "step_sizes: [1e-6, 50]").Replace("    weight_decay: 0.05\n", "", StringComparison.Ordinal),
        ["steplr"] = SampleConfigurations.PlusWithSchedule("StepLR", "step_size: 3", "gamma: 0.5"),
        ["exponentiallr"] = SampleConfigurations.PlusWithSchedule("ExponentialLR", "gamma: 0.9"),
        ["constantlr"] = SampleConfigurations.PlusWithSchedule("ConstantLR", "factor: 0.5", "total_iters: 3"),
        ["linearlr"] = SampleConfigurations.PlusWithSchedule("LinearLR", "start_factor: 0.5", "end_factor: 0.9", "total_iters: 3"),
        ["polynomiallr"] = SampleConfigurations.PlusWithSchedule("PolynomialLR", "total_iters: 30", "power: 2"),
        ["cosineannealingwarmrestarts"] = SampleConfigurations.PlusWithSchedule("CosineAnnealingWarmRestarts", "T_0: 5", "T_mult: 2", "eta_min: 1e-5"),
    };

    public static TheoryData<string> Names => [.. Samples.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Reader_and_schema_agree_where_a_key_is_missing_misspelt_or_of_another_kind(string name)
    {
        var whole = (YamlMapping)YamlDocument.Read("a.yml", Samples[name]);
        Assert.Empty(Reading(whole).Diagnostics);
        Assert.True(Accepts(whole), name);
        var others = Samples.Keys.TakeWhile(other => other != name).Take(2).Select(other => (YamlMapping)YamlDocument.Read("a.yml", Samples[other])).ToArray();
        var changes = Changes(whole, others).ToList();
        Assert.InRange(changes.Count, 20, 2000);
        var accepted = changes.ConvertAll(change => Accepts(change.Document));
        Assert.All(changes.Zip(accepted), change =>
        {
            var problems = Reading(change.First.Document).Diagnostics;
            Assert.True(problems.IsEmpty == change.Second, $"{change.First.What}: the reader {(problems is [var first, ..] ? $"says {first.Message}" : "takes it")}, and the schema does not agree");
        });
        Assert.Equal([false, true], accepted.Distinct().Order());
    }

    /// <summary>A network or a batch of any size would take all memory, and a huge factor leaves single precision.</summary>
    [Fact]
    public void Only_numbers_that_size_nothing_or_are_compared_with_others_have_no_upper_limit()
    {
        var unlimited = Samples.Values.SelectMany(text => Changes((YamlMapping)YamlDocument.Read("a.yml", text)))
            .Where(change => Reading(change.Document).Diagnostics.IsEmpty)
            .Select(change => change.What.Split(' '))
            .Where(words => words[^1] == Huge)
            .Select(words => words[0].Split('.')[^1])
            .Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "ann_path", "class_names", "detach_epoch", "gpu_ids", "img_path", "in_channels", "interval", "load_model", "milestones", "model_name",
                "net_cfg", "num_classes", "num_outs", "out_indices", "out_stages", "resume", "save_dir", "start_level", "steps", "workers_per_gpu",
            ],
            unlimited);
    }

    /// <summary>The original reads it as None, which is another setting than an absent key where the default is not None.</summary>
    [Fact]
    public void An_empty_value_is_taken_only_where_it_means_what_an_absent_key_does()
    {
        var taken = Samples.SelectMany(sample => Changes((YamlMapping)YamlDocument.Read("a.yml", sample.Value)))
            .Where(change => change.What.EndsWith(" empty", StringComparison.Ordinal) && Reading(change.Document).Diagnostics.IsEmpty)
            .Select(change => change.What.Split(' ')[0].Split('.')[^1])
            .Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(
            ["activation", "ann_path", "class_names", "img_path", "last_channel", "load_model", "multi_scale", "norm_cfg", "resume", "save_dir", "workers_per_gpu"],
            taken);
    }

    [Theory]
    [MemberData(nameof(ShippedConfigurationTests.All), MemberType = typeof(ShippedConfigurationTests))]
    public void The_schema_takes_every_file_that_NanoDet_ships(string file)
    {
        var path = SharedData.Path($"configs/{file}");
        Assert.True(Accepts(YamlDocument.Read(path, File.ReadAllText(path))));
    }

    private static ConfigurationReading Reading(YamlMapping document) => ConfigurationFile.Parse("a.yml", Json(document)!.ToJsonString());

    private static bool Accepts(YamlNode document) => Schema.Evaluate(System.Text.Json.JsonSerializer.SerializeToElement(Json(document))).IsValid;

    /// <summary>The document with one key away, misspelt, empty, or with a value of another kind: once for each key and change.</summary>
    /// <param name="mapping">The document.</param>
    /// <param name="others">Documents whose keys are changed elsewhere: what stands in one of them at the same place with the same value is left as it is.</param>
    private static IEnumerable<(string What, YamlMapping Document)> Changes(YamlMapping mapping, params YamlMapping[] others)
    {
        for (var i = 0; i < mapping.Entries.Count; i++)
        {
            var (key, value) = mapping.Entries[i];
            YamlNode[] there = [.. others.SelectMany(other => other.Entries).Where(entry => entry.Key.Text == key.Text).Select(entry => entry.Value)];
            if (there.Any(other => JsonNode.DeepEquals(Json(other), Json(value))))
            {
                continue;
            }

            yield return ($"without {key.Text}", mapping with { Entries = [.. mapping.Entries.Where(entry => entry.Key != key)] });
            foreach (var (what, other) in new (string, (YamlScalar, YamlNode))[]
            {
                ($"{key.Text}x", (key with { Text = key.Text + "x" }, value)),
                ($"{key.Text} empty", (key, new YamlScalar(value.Location, "", Quoted: false))),
                ($"{key.Text} as a word", (key, new YamlScalar(value.Location, "nonsense", Quoted: false))),
                ($"{key.Text} as -2", (key, new YamlScalar(value.Location, "-2", Quoted: false))),
                ($"{key.Text} as 4", (key, new YamlScalar(value.Location, "4", Quoted: false))),
                ($"{key.Text} as {Huge}", (key, new YamlScalar(value.Location, Huge, Quoted: false))),
                ($"{key.Text} from 0", (key, WithEnd(value, first: true, "0"))),
                ($"{key.Text} to {Huge}", (key, WithEnd(value, first: false, Huge))),
                ($"{key.Text} as 0.5", (key, new YamlScalar(value.Location, "0.5", Quoted: false))),
                ($"{key.Text} as a list", (key, new YamlSequence(value.Location, [new YamlScalar(value.Location, "-2", Quoted: false)]))),
                ($"{key.Text} as a mapping", (key, new YamlMapping(value.Location, [(new YamlScalar(value.Location, "nonsense", Quoted: false), new YamlScalar(value.Location, "1", Quoted: false))]))),
            })
            {
                yield return (what, With(mapping, i, other));
            }

            if (value is YamlMapping below)
            {
                foreach (var (what, document) in Changes(below, [.. there.OfType<YamlMapping>()]))
                {
                    yield return ($"{key.Text}.{what}", With(mapping, i, (key, document)));
                }
            }
        }
    }

    /// <summary>The value with another first or last number; a number is both.</summary>
    private static YamlNode WithEnd(YamlNode value, bool first, string number) => value switch
    {
        YamlSequence list => list with { Items = [.. list.Items.Select((item, i) => i == (first ? 0 : list.Items.Count - 1) ? WithEnd(item, first, number) : item)] },
        _ => new YamlScalar(value.Location, number, Quoted: false),
    };

    private static YamlMapping With(YamlMapping mapping, int index, (YamlScalar, YamlNode) entry)
        => mapping with { Entries = [.. mapping.Entries.Select((old, i) => i == index ? entry : old)] };

    /// <summary>As an editor sees it: plain scalars are numbers, Booleans or nothing where they look like that.</summary>
    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMapping mapping => new JsonObject(mapping.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, Json(entry.Value)))),
        YamlSequence list => new JsonArray([.. list.Items.Select(Json)]),
        YamlScalar { IsNull: true } => null,
        YamlScalar { Quoted: false, Text: "True" or "true" or "TRUE" } => true,
        YamlScalar { Quoted: false, Text: "False" or "false" or "FALSE" } => false,
        YamlScalar { Quoted: false } scalar when long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        YamlScalar { Quoted: false } scalar when double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        YamlScalar scalar => scalar.Text,
        _ => throw new InvalidOperationException(),
    };
}
