using NanoDet.Data.Configuration.Yaml;
using NanoDet.Data.Datasets;
using NanoDet.Data.Labels;

namespace NanoDet.Data.Configuration.Sections;

/// <summary>Reads <c>data.train</c> or <c>data.val</c>: how images become inputs, and which images and labels are meant.</summary>
internal static class InputSection
{
    private static readonly Dictionary<string, LabelFormat> Forms = new()
    {
        ["CocoDataset"] = LabelFormat.Coco,
        ["XMLDataset"] = LabelFormat.Voc,
        ["YoloDataset"] = LabelFormat.Yolo,
        ["coco"] = LabelFormat.Coco,
        ["xml_dataset"] = LabelFormat.Voc,
        ["yolo"] = LabelFormat.Yolo,
    };

    /// <summary>Reads and closes the section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="path">Its dotted path.</param>
    /// <param name="part">The part of its images.</param>
    public static (InputConfiguration Input, DataBlock Block) Read(MappingReader section, string path, DatasetPart part)
    {
        var block = new DataBlock(
            path, part, section.Name("name", Forms, "CocoDataset"), section.OptionalText("img_path"), section.OptionalText("ann_path"), section.ClassNames("class_names"));
        var size = section.Pair("input_size", KeyLimits.Side) ?? (0, 0);
        var input = new InputConfiguration
        {
            Width = size.First,
            Height = size.Second,
            KeepRatio = section.Flag("keep_ratio", true),
            MultiScale = section.IsGiven("multi_scale") ? section.OptionalRange("multi_scale", KeyLimits.PositiveFactor) : null,
            Pipeline = Pipeline(section.Section("pipeline")),
        };
        section.Close();
        return (input, block);
    }

    private static PipelineConfiguration Pipeline(MappingReader section)
    {
        var (stretchX, stretchY) = section.Ranges("stretch", KeyLimits.PositiveFactor);
        var pipeline = new PipelineConfiguration
        {
            Perspective = section.Number("perspective", KeyLimits.Share, 0),
            Scale = section.OptionalRange("scale", KeyLimits.PositiveFactor) ?? ValueRange.One,
            StretchX = stretchX,
            StretchY = stretchY,
            Rotation = section.Number("rotation", KeyLimits.Rotation, 0),
            Shear = section.Number("shear", KeyLimits.Shear, 0),
            Translate = section.Number("translate", KeyLimits.Share, 0),
            Flip = section.Number("flip", KeyLimits.Share, 0),
            Brightness = section.OptionalNumber("brightness", KeyLimits.Share),
            Contrast = section.OptionalRange("contrast", KeyLimits.Factor),
            Saturation = section.OptionalRange("saturation", KeyLimits.Factor),
        };
        if (section.Normalization("normalize", KeyLimits.Mean, KeyLimits.Deviation) is { } normalization)
        {
            pipeline = pipeline with { Mean = normalization.Mean, Std = normalization.Std };
        }

        section.Close();
        return pipeline;
    }
}
