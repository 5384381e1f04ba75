using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Labels;
using NanoDet.Data.Linting;

namespace NanoDet.Pipeline.Planning;

/// <summary>
/// Where the labels of a data set stand, as <c>places.json</c>: what a model finds out about a label is told at its line. The images and their
/// objects are in the order of <c>dataset.json</c>.
/// </summary>
/// <param name="Images">The places of each image's labels.</param>
internal sealed record LabelPlaces(ImmutableArray<ImagePlaces> Images)
{
    private const long LargestFile = 1L << 30;

    /// <summary>The file whose classes the numbers in YOLO's labels count; null where they count those of the data set.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ClassFile { get; init; }

    /// <summary>Finds the places.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="labelsOf">The labels of an image, with the class names of the data set; null for an image without labels.</param>
    public static LabelPlaces Of(Dataset dataset, Func<DatasetImage, LabeledImage?> labelsOf) => new([.. dataset.Images.Select(image => ImagePlaces.Of(image, labelsOf(image), dataset.Classes))]);

    /// <summary>Reads the file.</summary>
    /// <exception cref="NanoDetException">NDB9053: it is not what the plan wrote.</exception>
    public static LabelPlaces Read(string path) => CanonicalJson.Read(
        path, PlacesJson.Canonical.LabelPlaces, LargestFile, _ => true, (place, reason) => FolderDiagnostics.IntermediateDamaged(place.File, reason));

    /// <summary>Whether each image and each object of a data set has its place.</summary>
    public bool AreOf(Dataset dataset) => Images.Length == dataset.Images.Length
        && Images.Zip(dataset.Images).All(entry => entry.First.Lines.Length == 2 * entry.Second.Objects.Length && entry.First.Columns.Length == entry.First.Lines.Length);

    /// <summary>The place of what a finding is about.</summary>
    public SourceLocation Of(LabelFinding finding) => (Images[finding.Image], finding) switch
    {
        (var image, { Object: { } index, Kind: LabelFindingKind.Box }) => image.Box(index),
        (var image, { Object: { } index }) => image.Object(index),
        (var image, _) => image.Image,
    };

    /// <summary>The bytes of the file.</summary>
    public byte[] ToJson() => CanonicalJson.Write(this, PlacesJson.Canonical.LabelPlaces);
}

/// <summary>Where the labels of an image stand.</summary>
/// <param name="File">The label file, or the image where it has none.</param>
/// <param name="Line">The line of the image's entry; 0 where only the file is known.</param>
/// <param name="Column">Its column.</param>
/// <param name="Lines">The line of each object, and that of its box.</param>
/// <param name="Columns">Their columns.</param>
internal sealed record ImagePlaces(string File, int Line, int Column, ImmutableArray<int> Lines, ImmutableArray<int> Columns)
{
    /// <summary>Finds the places of an image's labels.</summary>
    public static ImagePlaces Of(DatasetImage image, LabeledImage? labels, ImmutableArray<string> classes)
    {
        var place = labels?.Location ?? new SourceLocation(image.Path);
        var places = image.Objects.SelectMany(item => labels is null ? [place, place] : Places(item, image, labels, place, classes)).ToList();
        return new(place.File, place.Line, place.Column, [.. places.Select(one => one.Line)], [.. places.Select(one => one.Column)]);
    }

    /// <summary>The place of the image's labels.</summary>
    [JsonIgnore]
    public SourceLocation Image => new(File, Line, Column);

    /// <summary>The place of an object.</summary>
    public SourceLocation Object(int index) => new(File, Lines[2 * index], Columns[2 * index]);

    /// <summary>The place of an object's box.</summary>
    public SourceLocation Box(int index) => new(File, Lines[(2 * index) + 1], Columns[(2 * index) + 1]);

    // A box was scaled and cut to the image, and objects were sorted; so it is known by its class and by what it covers.
    private static SourceLocation[] Places(DatasetObject item, DatasetImage image, LabeledImage labels, SourceLocation file, ImmutableArray<string> classes)
    {
        var (x, y) = ((double)image.Width / (labels.Width ?? image.Width), (double)image.Height / (labels.Height ?? image.Height));
        var own = labels.Objects.Where(labeled => labeled.ClassName == classes[item.Label])
            .MaxBy(labeled => item.Box.IntersectionOverUnion(new BoundingBox(labeled.Box.Left * x, labeled.Box.Top * y, labeled.Box.Right * x, labeled.Box.Bottom * y)));
        var place = own.Location ?? file;
        return [place, own.BoxLocation ?? place];
    }
}

[JsonSerializable(typeof(LabelPlaces))]
internal sealed partial class PlacesJson : JsonSerializerContext
{
    public static PlacesJson Canonical { get; } = new(CanonicalJson.Records());
}
