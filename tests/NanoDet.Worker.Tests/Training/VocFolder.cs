using System.Globalization;
using System.Xml.Linq;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Testing;

namespace NanoDet.Worker.Tests.Training;

/// <summary>A few pictures of a data set with labels in VOC's form.</summary>
/// <param name="Images">The folder of its pictures.</param>
/// <param name="Dataset">The data set; paths are relative to that folder.</param>
internal sealed record VocFolder(string Images, Dataset Dataset)
{
    private const int Training = 4;
    private const int Validation = 2;

    /// <summary>Bolts and nuts of the sample project.</summary>
    public static VocFolder Fasteners() => Read(Path.Combine(Repository.Root, "sample-project", "images"), Path.Combine(Repository.Root, "sample-project", "annotations"));

    /// <summary>Blood cells of the reference data.</summary>
    public static VocFolder BloodCells() => Read(SharedData.Path("datasets/bccd/JPEGImages"), SharedData.Path("datasets/bccd/Annotations"));

    private static VocFolder Read(string images, string annotations)
    {
        var labels = Directory.EnumerateFiles(annotations, "*.xml").Order(StringComparer.Ordinal).Take(Training + Validation).Select(path => XElement.Load(path)).ToArray();
        string[] classes = [.. labels.SelectMany(label => label.Elements("object")).Select(one => one.Element("name")!.Value).Distinct().Order(StringComparer.Ordinal)];
        return new(images, new Dataset([.. classes], [.. labels.Select((label, i) => Image(images, label, classes, i < Training ? DatasetPart.Train : DatasetPart.Validation))]));
    }

    private static DatasetImage Image(string folder, XElement label, string[] classes, DatasetPart part)
    {
        var (name, size) = (label.Element("filename")!.Value, label.Element("size")!);
        return new(
            name, ContentHash.OfFile(Path.Combine(folder, name)).ToString(), (int)size.Element("width")!, (int)size.Element("height")!, part,
            [.. label.Elements("object").Select(one => Object(one, classes))]);
    }

    private static DatasetObject Object(XElement one, string[] classes)
    {
        double Side(string name) => double.Parse(one.Element("bndbox")!.Element(name)!.Value, CultureInfo.InvariantCulture);
        return new(Array.IndexOf(classes, one.Element("name")!.Value), new(Side("xmin"), Side("ymin"), Side("xmax"), Side("ymax")));
    }
}
