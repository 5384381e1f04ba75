using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Images;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Coco;
using NanoDet.Data.Labels.Voc;
using NanoDet.Data.Validation;
using NanoDet.Testing;

namespace NanoDet.Benchmarks;

/// <summary>Data sets of the shared reference data as training sees them.</summary>
internal static class ReferenceDataset
{
    /// <summary>BCCD: by default <c>trainval</c> is learnt from and <c>test</c> is judged, as in the original's reference training.</summary>
    public static Dataset Bccd(string folder, string training = "trainval", string validation = "test")
    {
        var classes = ClassList.FromNames(["RBC", "WBC", "Platelets"]);
        return new Dataset(classes.Names, [.. Images(training, DatasetPart.Train), .. Images(validation, DatasetPart.Validation)]);

        IEnumerable<DatasetImage> Images(string list, DatasetPart part)
            => from line in File.ReadLines(Path.Combine(folder, "ImageSets", "Main", $"{list}.txt"))
               let name = line.Trim()
               where name.Length > 0
               let labels = VocReader.Read(Path.Combine(folder, "Annotations", $"{name}.xml"))
               select Judge(folder, $"JPEGImages/{name}.jpg", labels, classes) with { Part = part };
    }

    /// <summary>What the original's reference training of <see cref="Bccd"/> ran with but for its schedule: NanoDet-Plus-m at 320x320, batches of 16.</summary>
    public static NanoDetConfiguration BccdConfiguration(Dataset dataset)
    {
        var shipped = ConfigurationFile.Read(SharedData.Path("configs/nanodet-plus-m_320.yml")).Configuration!;
        return shipped with
        {
            Model = shipped.Model with
            {
                Head = shipped.Model.Head with { NumClasses = dataset.Classes.Length },
                AuxiliaryHead = shipped.Model.AuxiliaryHead! with { NumClasses = dataset.Classes.Length },
            },
            BatchSize = 16,
        };
    }

    /// <summary>A folder of JPEG images and their VOC files, which are beside them or in a folder of the same structure; all of them are learnt from.</summary>
    public static Dataset Voc(string folder, string annotations)
    {
        (string Path, LabeledImage Labels)[] labels = [.. Directory.EnumerateFiles(annotations, "*.xml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(file => (file, VocReader.Read(file)))];
        var classes = ClassList.FromLabels(labels.Select(image => image.Labels));
        return new Dataset(classes.Names, [.. labels.Select(image => Judge(folder, Picture(image.Path), image.Labels, classes) with { Part = DatasetPart.Train })]);

        string Picture(string label) => Path.GetRelativePath(annotations, Path.ChangeExtension(label, ".jpg")).Replace('\\', '/');
    }

    /// <summary>80 images of COCO, all of them judged.</summary>
    public static Dataset CocoTiny(string folder)
    {
        var document = CocoReader.Read(Path.Combine(folder, "annotations", "instances_val2017.json"));
        var classes = ClassList.FromNames(document.Categories.OrderBy(category => category.Id).Select(category => category.Name));
        var images = CocoConversion.ToLabels(document).Select(image => Judge(folder, $"val2017/{image.FileName}", image, classes));
        return new Dataset(classes.Names, [.. images.Select(image => image with { Part = DatasetPart.Validation })]);
    }

    private static DatasetImage Judge(string folder, string path, LabeledImage labels, ClassList classes)
    {
        var file = Path.Combine(folder, path);
        return new ImageJudge(classes, new ValidationPolicy { Orientation = OrientationPolicy.Raw }).Judge(
            new ImageToJudge(path, file, ContentHash.OfFile(file).ToString(), ImageHeaderReader.Read(file), labels), [])!;
    }
}
