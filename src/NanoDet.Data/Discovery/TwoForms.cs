using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Labels;
using NanoDet.Data.Pairing;

namespace NanoDet.Data.Discovery;

/// <summary>Tells of labels of two forms for the same pictures: nobody can know which ones are right.</summary>
internal static class TwoForms
{
    private const int MostNamed = 4;

    /// <summary>NDB1060 for labels that were read.</summary>
    /// <param name="overlap">The pictures.</param>
    public static Diagnostic Of(FormOverlap overlap) => Of(overlap.First, overlap.Second, overlap.Images);

    /// <summary>NDB1060.</summary>
    /// <param name="one">A form and its files.</param>
    /// <param name="other">Another form and its files.</param>
    /// <param name="pictures">Number of pictures that have both.</param>
    public static Diagnostic Of((LabelFormat Form, IReadOnlyCollection<string> Files) one, (LabelFormat Form, IReadOnlyCollection<string> Files) other, int pictures)
    {
        var (first, second) = (one.Files.Count, other.Form).CompareTo((other.Files.Count, one.Form)) >= 0 ? (one, other) : (other, one);
        return DiscoveryDiagnostics.TwoForms(
            (first.Form.Name(), Pattern(first), WithoutFirst(first, second)), (second.Form.Name(), Pattern(second), WithoutFirst(second, first)), pictures);
    }

    /// <summary>The items that leave out the one form: its pattern, and again the files of the other one that the pattern matches too.</summary>
    private static string WithoutFirst((LabelFormat Form, IReadOnlyCollection<string> Files) one, (LabelFormat Form, IReadOnlyCollection<string> Files) other)
    {
        var pattern = Pattern(one);
        var remove = $"<NanoDetAnnotation Remove=\"{pattern}\" />";
        var folder = pattern.IndexOf("**", StringComparison.Ordinal) is >= 0 and var end ? pattern[..end] : null;
        return folder is not null && Path.GetExtension(pattern) == Path.GetExtension(other.Files.First()) && other.Files.Any(file => file.StartsWith(folder, StringComparison.Ordinal))
            ? $"{remove} <NanoDetAnnotation Include=\"{Pattern(other)}\" />" : remove;
    }

    private static string Pattern((LabelFormat Form, IReadOnlyCollection<string> Files) labels)
    {
        // A COCO file and its like are about many pictures, and labelme's files may lie beside them.
        if (labels.Form.NamesImages() && labels.Files.Count <= MostNamed)
        {
            return string.Join(';', labels.Files);
        }

        var folder = labels.Files.Select(StoredFolder.Of).Aggregate((one, other) => string.Join('/', StoredFolder.Names(one).Take(StoredFolder.SharedBegin(one, other))));
        return StoredFolder.Below(folder, $"**/*{Path.GetExtension(labels.Files.First())}");
    }
}
