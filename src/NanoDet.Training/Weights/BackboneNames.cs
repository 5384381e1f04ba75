using System.Globalization;
using System.Text.RegularExpressions;

namespace NanoDet.Training.Weights;

/// <summary>
/// Names of a backbone's tensors in files of ImageNet weights. ShuffleNetV2, ResNet and GhostNet have the same names in NanoDet, in
/// torchvision and in timm; the others are told here. A name of a file is tried as it is and in each other form, and the first that
/// the backbone has is meant: so no file has to say whose names it uses.
/// </summary>
internal static partial class BackboneNames
{
    // Blocks of MobileNetV2's seven stages.
    private static readonly int[] MobileNetBlocks = [1, 2, 3, 4, 3, 3, 1];

    // Where PyTorch writes a name in front of all others: a model on several cards, a checkpoint of a whole network.
    private static readonly string[] Wrappers = ["module.", "model.", "avg_model.", "backbone."];

    /// <summary>Finds the name in the file of each tensor that the backbone has.</summary>
    /// <param name="file">The names in the file.</param>
    /// <param name="backbone">The names in the backbone.</param>
    /// <returns>The names in the file by those in the backbone; of two for one tensor, the first.</returns>
    public static Dictionary<string, string> Match(IEnumerable<string> file, IReadOnlySet<string> backbone)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in file)
        {
            if (Forms(Plain(name)).FirstOrDefault(backbone.Contains) is { } found)
            {
                names.TryAdd(found, name);
            }
        }

        return names;
    }

    private static string Plain(string name)
        => Wrappers.Aggregate(name, (rest, wrapper) => rest.StartsWith(wrapper, StringComparison.Ordinal) ? rest[wrapper.Length..] : rest);

    private static IEnumerable<string> Forms(string name) =>
    [
        name,
        TimmRepVgg(name),
        TimmEfficientNet(name),
        TorchvisionMobileNet(name),
        "timm." + TimmStage().Replace(name, "$1_$2."),
    ];

    /// <summary>timm's RepVGG: <c>stages.0.1.conv_kxk.bn.weight</c> is <c>stage1.1.rbr_dense.1.weight</c>, and the original's own files say <c>rbr_dense.bn</c>.</summary>
    private static string TimmRepVgg(string name)
    {
        name = name.StartsWith("stem.", StringComparison.Ordinal) ? "stage0." + name["stem.".Length..] : name;
        name = TimmRepVggStage().Replace(name, match => string.Create(CultureInfo.InvariantCulture, $"stage{Number(match, 1) + 1}."));
        return name
            .Replace(".conv_kxk.", ".rbr_dense.", StringComparison.Ordinal).Replace(".conv_1x1.", ".rbr_1x1.", StringComparison.Ordinal)
            .Replace(".identity.", ".rbr_identity.", StringComparison.Ordinal)
            .Replace(".conv.", ".0.", StringComparison.Ordinal).Replace(".bn.", ".1.", StringComparison.Ordinal);
    }

    /// <summary>timm's EfficientNet-Lite: <c>blocks.1.0.conv_pw.weight</c> is <c>blocks.1.0._expand_conv.weight</c>; a block of the first stage expands nothing.</summary>
    private static string TimmEfficientNet(string name)
    {
        if (TimmEfficientNetStem().Match(name) is { Success: true } stem)
        {
            return $"stem.{(stem.Groups[1].Value == "conv_stem" ? "0" : "1")}.{stem.Groups[2].Value}";
        }

        return TimmEfficientNetBlock().Replace(name, match => $"blocks.{match.Groups[1].Value}.{match.Groups[2].Value}.{Layer(match)}.");

        static string Layer(Match match) => (match.Groups[3].Value, IsFirst: match.Groups[1].Value == "0") switch
        {
            ("conv_dw", _) => "_depthwise_conv",
            ("conv_pw", false) => "_expand_conv",
            ("conv_pw", true) or ("conv_pwl", _) => "_project_conv",
            ("bn1", false) => "_bn0",
            ("bn1", true) or ("bn2", false) => "_bn1",
            _ => "_bn2",
        };
    }

    /// <summary>torchvision's MobileNetV2: <c>features.2.conv.0.0.weight</c> is <c>stage1.0.conv.0.0.weight</c>.</summary>
    private static string TorchvisionMobileNet(string name) => TorchvisionFeature().Replace(name, match =>
    {
        var (number, stage) = (Number(match, 1), 0);
        if (number == 0)
        {
            return "first_layer.";
        }

        for (number--; stage < MobileNetBlocks.Length - 1 && number >= MobileNetBlocks[stage]; stage++)
        {
            number -= MobileNetBlocks[stage];
        }

        return string.Create(CultureInfo.InvariantCulture, $"stage{stage}.{number}.");
    });

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^stages\.([0-3])\.")]
    private static partial Regex TimmRepVggStage();

    [GeneratedRegex(@"^(conv_stem|bn1)\.(.*)$")]
    private static partial Regex TimmEfficientNetStem();

    [GeneratedRegex(@"^blocks\.(\d)\.(\d)\.(conv_pw|conv_dw|conv_pwl|bn1|bn2|bn3)\.")]
    private static partial Regex TimmEfficientNetBlock();

    [GeneratedRegex(@"^features\.(\d{1,2})\.")]
    private static partial Regex TorchvisionFeature();

    [GeneratedRegex(@"^(stem|stages|downsample_layers)\.(\d+)\.")]
    private static partial Regex TimmStage();
}
