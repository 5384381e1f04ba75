using System.Collections.Frozen;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Configuration;

/// <summary>
/// The words that stand between the points in the names of a network's parameters. The plan knows them without the network, so that it can
/// tell a part of a name that no parameter has (<c>param_level_cfg</c>).
/// </summary>
internal static class ParameterNames
{
    private const string Convolution = "conv bn act";
    private const string Separable = "depthwise pointwise dwnorm pwnorm act";
    private const string Ghost = "ghost1 ghost2 primary_conv cheap_operation shortcut";

    private static readonly FrozenDictionary<Type, string> Words = new Dictionary<Type, string>
    {
        [typeof(ShuffleNetV2Configuration)] = "conv1 stage2 stage3 stage4 branch1 branch2 conv5",
        [typeof(EfficientNetLiteConfiguration)] = "stem blocks _expand_conv _bn0 _depthwise_conv _bn1 _project_conv _bn2 _relu",
        [typeof(RepVggConfiguration)] = "stage0 stage1 stage2 stage3 stage4 rbr_reparam rbr_identity rbr_dense rbr_1x1 act",
        [typeof(CustomCspNetConfiguration)] = $"stages in_conv mid_conv res_blocks res_out_conv {Convolution}",
        [typeof(TimmConfiguration)] = "timm stem_0 stem_1 stages_0 stages_1 stages_2 stages_3 downsample blocks conv_dw norm mlp fc1 fc2 gamma",
        [typeof(ResNetConfiguration)] = "conv1 bn1 conv2 bn2 conv3 bn3 layer1 layer2 layer3 layer4 downsample act",
        [typeof(MobileNetV2Configuration)] = "first_layer stage0 stage1 stage2 stage3 stage4 stage5 stage6 conv",
        [typeof(GhostNetConfiguration)] = $"conv_stem bn1 act1 blocks conv_dw bn_dw se conv_reduce conv_expand conv {Ghost}",
        [typeof(GhostPanConfiguration)] = $"reduce_layers top_down_blocks bottom_up_blocks downsamples extra_lvl_in_conv extra_lvl_out_conv blocks reduce_conv {Ghost} {Convolution} {Separable}",
        [typeof(FpnConfiguration)] = $"lateral_convs {Convolution}",
        [typeof(PanConfiguration)] = $"lateral_convs {Convolution}",
        [typeof(TanConfiguration)] = $"pos_embed lateral_convs transformer linear encoders norm1 attn in_proj_weight in_proj_bias out_proj norm2 mlp fc1 fc2 {Convolution}",
        [typeof(NanoDetPlusHeadConfiguration)] = $"cls_convs gfl_cls {Convolution} {Separable}",
        [typeof(NanoDetHeadConfiguration)] = $"cls_convs reg_convs gfl_cls gfl_reg {Convolution} {Separable}",
        [typeof(GflHeadConfiguration)] = "cls_convs reg_convs gfl_cls gfl_reg scales scale conv gn act",
        [typeof(SimpleConvHeadConfiguration)] = "cls_convs reg_convs gfl_cls gfl_reg scales scale conv gn act",
    }.ToFrozenDictionary();

    /// <summary>The parts of a network, as names begin with them.</summary>
    /// <param name="model">The network.</param>
    public static IReadOnlyList<string> PartsOf(ModelConfiguration model) => [.. Parts(model).Select(part => part.Name)];

    /// <summary>The words that the names of a part's parameters can have, apart from the part itself and from numbers.</summary>
    /// <param name="model">The network.</param>
    /// <param name="part">One of <see cref="PartsOf"/>.</param>
    public static IReadOnlySet<string> WordsOf(ModelConfiguration model, string part)
        => $"{Words[Parts(model).First(entry => entry.Name == part).Configuration.GetType()]} weight bias".Split(' ').ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether the name of a parameter can contain a text. Layers are not counted: where it is false, no name does.</summary>
    /// <param name="model">The network.</param>
    /// <param name="text">The text, such as <c>backbone</c>, <c>head.gfl_cls</c> or <c>bias</c>.</param>
    public static bool MayContain(ModelConfiguration model, string text) => PartsOf(model).Any(part => MayContain(part, WordsOf(model, part), text.Split('.')));

    /// <summary>Returns what was probably meant by a text that no name contains: the same with another word.</summary>
    /// <param name="model">The network.</param>
    /// <param name="text">The text.</param>
    /// <returns>Null if nothing is close.</returns>
    public static string? Suggest(ModelConfiguration model, string text)
    {
        var words = text.Split('.');
        string[] known = [.. PartsOf(model), .. PartsOf(model).SelectMany(part => WordsOf(model, part)).Distinct(StringComparer.Ordinal)];
        return words.Select((word, i) => Suggestion.For(word, known) is { } near ? string.Join('.', [.. words[..i], near, .. words[(i + 1)..]]) : null)
            .FirstOrDefault(meant => meant is not null && MayContain(model, meant));
    }

    // The text can begin and end within a word; a part stands only at the beginning of a name.
    private static bool MayContain(string part, IReadOnlySet<string> words, string[] text)
    {
        if (text is [var only])
        {
            return IsNumber(only) || words.Append(part).Any(word => word.Contains(only, StringComparison.Ordinal));
        }

        return (IsNumber(text[0]) || words.Append(part).Any(word => word.EndsWith(text[0], StringComparison.Ordinal)))
            && text[1..^1].All(word => (IsNumber(word) && word.Length > 0) || words.Contains(word))
            && (IsNumber(text[^1]) || words.Any(word => word.StartsWith(text[^1], StringComparison.Ordinal)));
    }

    private static bool IsNumber(string word) => word.All(char.IsAsciiDigit);

    private static IEnumerable<(string Name, object Configuration)> Parts(ModelConfiguration model)
    {
        yield return ("backbone", model.Backbone);
        yield return ("fpn", model.Neck);
        yield return ("head", model.Head);
        if (model.AuxiliaryHead is { } guide)
        {
            yield return ("aux_fpn", model.Neck);
            yield return ("aux_head", guide);
        }
    }
}
