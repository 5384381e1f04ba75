using System.Text.RegularExpressions;
using NanoDet.Data.Configuration;
using NanoDet.Data.Configuration.Presets;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Configuration;

public sealed partial class ConfigurationDocumentTests
{
    // Like no key, so that the error lists all keys of the section instead of suggesting one.
    private const string Strange = "zzzzzzzzzzzzzzzz";

    private static readonly string[] Rows = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "configuration.md"));

    [Fact]
    public void The_document_lists_exactly_the_keys_that_the_reader_knows()
    {
        string[] files =
        [
            SampleConfigurations.Plus,
            SampleConfigurations.Legacy,
            SampleConfigurations.LegacyWithTan,
            SampleConfigurations.LegacyWithPyramid,
            SampleConfigurations.LegacyWithBackbone("      name: EfficientNetLite\n      model_name: efficientnet_lite1"),
            SampleConfigurations.LegacyWithBackbone("      name: RepVGG\n      arch: A0"),
            SampleConfigurations.LegacyWithBackbone("      name: CustomCspNet\n      net_cfg: [['Conv', 3, 32, 3, 2]]\n      out_stages: [0]"),
            SampleConfigurations.LegacyWithBackbone("      name: ResNet\n      depth: 18"),
            SampleConfigurations.LegacyWithBackbone("      name: MobileNetV2"),
            SampleConfigurations.LegacyWithBackbone("      name: GhostNet"),
            SampleConfigurations.LegacyWithBackbone("      name: TIMMWrapper\n      model_name: convnext_nano"),
            SampleConfigurations.PlusWithOptimizer("Adam"),
            SampleConfigurations.PlusWithOptimizer("Adamax"),
            SampleConfigurations.PlusWithOptimizer("NAdam"),
            SampleConfigurations.PlusWithOptimizer("RAdam"),
            SampleConfigurations.PlusWithOptimizer("RMSprop"),
            SampleConfigurations.PlusWithOptimizer("Adagrad"),
            SampleConfigurations.PlusWithOptimizer("Adadelta"),
            SampleConfigurations.PlusWithOptimizer("ASGD"),
            SampleConfigurations.PlusWithOptimizer("Rprop"),
            SampleConfigurations.PlusWithSchedule("StepLR", "gamma: 1"),
            SampleConfigurations.PlusWithSchedule("ExponentialLR", "gamma: 1"),
            SampleConfigurations.PlusWithSchedule("ConstantLR", "gamma: 1"),
            SampleConfigurations.PlusWithSchedule("LinearLR", "gamma: 1"),
            SampleConfigurations.PlusWithSchedule("PolynomialLR", "gamma: 1"),
            SampleConfigurations.PlusWithSchedule("CosineAnnealingWarmRestarts", "gamma: 1"),
        ];
        var known = files.SelectMany(Sections).Distinct().Order(StringComparer.Ordinal);
        var documented = Documented().Order(StringComparer.Ordinal);

        // `bias` in the sample shows that any part of a name can stand there; its own key list is the one of `backbone`.
        Assert.Equal(documented, known.Where(row => !row.StartsWith("schedule.optimizer.param_level_cfg", StringComparison.Ordinal)
            || row.StartsWith("schedule.optimizer.param_level_cfg.backbone", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_document_lists_every_preset_with_its_size_and_epochs()
        => Assert.All(Preset.Names, name =>
        {
            var preset = Preset.Create(name, ["a"])!;
            Assert.Single(Rows, row => row.StartsWith($"| `{name}`", StringComparison.Ordinal)
                && row.EndsWith($"| {preset.Train.Width} | {preset.Schedule.TotalEpochs} |", StringComparison.Ordinal));
        });

    [Fact]
    public void The_document_lists_every_property()
        => Assert.Equal(
            OverrideProperties.Names,
            Rows.Where(row => row.StartsWith("| `NanoDet", StringComparison.Ordinal)).Select(row => row.Split('`')[1]));

    // "section: keys" for each section of a file, as the unknown-key error of a strange key says them.
    private static IEnumerable<string> Sections(string yml)
    {
        var lines = yml.Replace("{", "{" + Strange + ": 0, ", StringComparison.Ordinal).Split('\n');
        var strange = lines.SelectMany((line, index) =>
        {
            var next = index + 1 < lines.Length ? lines[index + 1] : "";
            var indent = next.Length - next.TrimStart().Length;
            return line.TrimEnd().EndsWith(':') && indent > line.Length - line.TrimStart().Length
                ? [line, new string(' ', indent) + Strange + ": 0"]
                : new[] { line };
        });
        return ConfigurationFile.Parse("my.yml", $"{Strange}: 0\n{string.Join('\n', strange)}").Diagnostics
            .Select(diagnostic => UnknownKey().Match(diagnostic.Message))
            .Where(match => match.Success)
            .Select(match => Row(match.Groups["section"].Value, match.Groups["keys"].Value.Split(", ")));
    }

    private static IEnumerable<string> Documented()
        => from row in Rows.SkipWhile(row => row != "| section | keys |").Skip(2).TakeWhile(row => row.StartsWith('|'))
           let cells = row.Split('|', StringSplitOptions.TrimEntries)
           from section in cells[1] == "the file" ? ["the file"] : Quoted().Matches(cells[1]).Select(match => match.Groups[1].Value)
           select Row(section, Quoted().Matches(cells[2]).Select(match => match.Groups[1].Value));

    private static string Row(string section, IEnumerable<string> keys) => $"{section}: {string.Join(' ', keys.Order(StringComparer.Ordinal))}";

    [GeneratedRegex("^Unknown key '" + Strange + "' in (?<section>.+); choose from (?<keys>.+)$")]
    private static partial Regex UnknownKey();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
