using NanoDet.Data.Configuration.Yaml;

namespace NanoDet.Data.Configuration.Sections;

/// <summary>
/// Reads <c>data.train</c> or <c>data.val</c>. The project's items say which images and labels are used, so the
/// keys that name them have no effect.
/// </summary>
internal static class InputSection
{
    private static readonly IReadOnlyDictionary<string, string> DatasetNames
        = Names.Of("CocoDataset", "XMLDataset", "YoloDataset", "coco", "xml_dataset", "yolo");

    /// <summary>Reads and closes the section.</summary>
    public static InputConfiguration Read(MappingReader section)
    {
        section.Name("name", DatasetNames, "CocoDataset");
        section.OptionalText("img_path");
        section.OptionalText("ann_path");
        section.Texts("class_names");
        var size = section.Pair("input_size", 1) ?? (0, 0);
        var input = new InputConfiguration
        {
            Width = size.First,
            Height = size.Second,
            KeepRatio = section.Flag("keep_ratio", true),
            MultiScale = section.OptionalRange("multi_scale"),
            Pipeline = Pipeline(section.Section("pipeline")),
        };
        section.Close();
        return input;
    }

    private static PipelineConfiguration Pipeline(MappingReader section)
    {
        var (stretchX, stretchY) = section.Ranges("stretch");
        var pipeline = new PipelineConfiguration
        {
            Perspective = section.Number("perspective", 0, 0),
            Scale = section.OptionalRange("scale") ?? ValueRange.One,
            StretchX = stretchX,
            StretchY = stretchY,
            Rotation = section.Number("rotation", 0, 0),
            Shear = section.Number("shear", 0, 0),
            Translate = section.Number("translate", 0, 0),
            Flip = section.Number("flip", 0, 0),
            Brightness = section.OptionalNumber("brightness"),
            Contrast = section.OptionalRange("contrast"),
            Saturation = section.OptionalRange("saturation"),
        };
        if (section.Normalization("normalize") is { } normalization)
        {
            pipeline = pipeline with { Mean = normalization.Mean, Std = normalization.Std };
        }

        section.Close();
        return pipeline;
    }
}
