using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Models;
using NanoDet.Detection.Diagnostics;

namespace NanoDet.Detection.Models;

/// <summary>
/// Finds the metadata of a model: from the options, from the file, or, for a model that the original
/// NanoDet exported, from its shapes.
/// </summary>
/// <remarks>
/// Rules for shapes: predictions that fit strides 8, 16, 32, 64 are NanoDet-Plus (places at the corner of their cell,
/// images stretched), those that fit 8, 16, 32 a legacy model (places in the middle, aspect ratio kept). The columns are
/// classes and 4 (reg_max + 1); a class list decides, else reg_max is 7, or 10 where that leaves COCO's 80 classes. Eighty
/// classes without a list are COCO's. YOLOX, whose rows are a legacy model's, is refused without a list. Mean and deviation are those of all models but EfficientNet-Lite's.
/// </remarks>
internal static class ModelInspection
{
    // Half a gigabyte; NanoDet-Plus with COCO's classes has 0.4 million numbers at 416 and 22 million at 3072.
    private const int MostNumbers = 1 << 27;

    private static readonly ImmutableArray<int> PlusStrides = [8, 16, 32, 64];
    private static readonly ImmutableArray<int> LegacyStrides = [8, 16, 32];

    /// <summary>Returns the metadata of the model, after comparing it with the shapes.</summary>
    /// <exception cref="NanoDetException">NDB6006 to NDB6008.</exception>
    public static ModelMetadata Inspect(
        ModelShape shape, IReadOnlyDictionary<string, string> properties, DetectorOptions options, string path)
    {
        var metadata = options.Metadata
            ?? (ModelMetadataProperties.IsPresent(properties) ? Read(properties, path) : Infer(shape, options, path));
        if (options.ClassesFile is { } file)
        {
            metadata = metadata with { Classes = NamesFrom(file, metadata.Classes.Length) };
        }

        Check(shape, metadata, path);
        return metadata;
    }

    private static ModelMetadata Read(IReadOnlyDictionary<string, string> properties, string path)
    {
        try
        {
            return ModelMetadataProperties.Read(properties);
        }
        catch (FormatException exception)
        {
            throw new NanoDetException(DetectionDiagnostics.BadMetadata(path, exception.Message), exception);
        }
    }

    private static ModelMetadata Infer(ModelShape shape, DetectorOptions options, string path)
    {
        if (shape.Width < 0 || shape.Height < 0 || shape.Rows < 0 || shape.Columns < 0)
        {
            throw new NanoDetException(DetectionDiagnostics.NotNanoDet(path, "its input size is dynamic, and no metadata gives it"));
        }

        var plus = Fits(PlusStrides, shape);
        if (!plus && !Fits(LegacyStrides, shape))
        {
            throw new NanoDetException(DetectionDiagnostics.NotNanoDet(
                path, $"{shape.Rows} predictions fit neither strides 8, 16, 32 nor 8, 16, 32, 64 at {shape.Width}x{shape.Height}"));
        }

        if (!plus && options.ClassesFile is null && IsYoloX(shape))
        {
            throw new NanoDetException(DetectionDiagnostics.NotNanoDet(
                path, $"with an input '{shape.InputName}' and {shape.Columns} output columns it looks like a YOLOX model; if it is a NanoDet, give its class names"));
        }

        var names = options.ClassesFile is { } file ? ClassFile.Read(file) : default;
        var count = names.IsDefault ? GuessClassCount(shape.Columns) : names.Length;
        var distances = shape.Columns - count;
        if (count < 1 || distances < 8 || distances % 4 != 0)
        {
            throw new NanoDetException(names.IsDefault
                ? DetectionDiagnostics.NotNanoDet(path, $"{shape.Columns} output columns do not have room for class scores and four distance distributions")
                : DetectionDiagnostics.BadClasses(options.ClassesFile!, $"the model's {shape.Columns} output columns do not fit {count} class names"));
        }

        return new ModelMetadata
        {
            Classes = names.IsDefault ? DefaultNames(count) : names,
            InputWidth = shape.Width,
            InputHeight = shape.Height,
            Strides = plus ? PlusStrides : LegacyStrides,
            RegMax = distances / 4 - 1,
            CentredPriors = !plus,
            KeepRatio = !plus,
        };
    }

    // YOLOX has the strides and rows of a legacy model, but a box, an objectness and the class scores in a row. Its exporter calls the input
    // 'images', and its published models have COCO's classes; NanoDet's exporter calls the input 'data'.
    private static bool IsYoloX(ModelShape shape)
        => shape.InputName == "images" || (shape.InputName != "data" && shape.Columns == 4 + 1 + CocoClasses.Names.Length);

    private static bool Fits(ImmutableArray<int> strides, ModelShape shape)
        => strides.Sum(stride => (long)((shape.Width + stride - 1) / stride) * ((shape.Height + stride - 1) / stride)) == shape.Rows;

    private static int GuessClassCount(int columns)
        => columns - 4 * 11 == CocoClasses.Names.Length ? CocoClasses.Names.Length : columns - 4 * 8;

    private static ImmutableArray<string> DefaultNames(int count)
        => count == CocoClasses.Names.Length ? CocoClasses.Names : [.. Enumerable.Range(0, count).Select(i => $"class{i}")];

    private static ImmutableArray<string> NamesFrom(string file, int count)
    {
        var names = ClassFile.Read(file);
        return names.Length == count
            ? names
            : throw new NanoDetException(DetectionDiagnostics.BadClasses(file, $"it has {names.Length} {(names.Length == 1 ? "name" : "names")}, but the model has {count} {(count == 1 ? "class" : "classes")}"));
    }

    private static void Check(ModelShape shape, ModelMetadata metadata, string path)
    {
        var decoder = metadata.Decoder;
        if (metadata.Strides.Sum(stride => Math.Ceiling((double)metadata.InputWidth / stride) * Math.Ceiling((double)metadata.InputHeight / stride)) * decoder.Columns > MostNumbers)
        {
            throw new NanoDetException(DetectionDiagnostics.BadMetadata(path, $"its output would have more than {MostNumbers} numbers"));
        }

        Compare("an input width", shape.Width, metadata.InputWidth);
        Compare("an input height", shape.Height, metadata.InputHeight);
        Compare("a number of predictions", shape.Rows, decoder.Rows(metadata.InputWidth, metadata.InputHeight));
        Compare("a number of output columns", shape.Columns, decoder.Columns);

        void Compare(string what, int actual, int told)
        {
            if (actual >= 0 && actual != told)
            {
                throw new NanoDetException(DetectionDiagnostics.BadMetadata(path, $"it gives {what} of {told}, but the network has {actual}"));
            }
        }
    }
}
