using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Data.Discovery;
using NanoDet.Data.Files;

namespace NanoDet.Tool.Labels;

/// <summary>
/// The list <c>classes.txt</c> for labels with names, where these alone do not say all classes in their order: build and tool take it where
/// the data set begins, which is above a folder like <c>annotations</c>.
/// </summary>
internal static class NamedClassFile
{
    /// <summary>Writes the list, if it is needed.</summary>
    /// <param name="folder">The folder of the labels.</param>
    /// <param name="classes">The classes in label order.</param>
    /// <param name="named">The classes of the labels.</param>
    /// <param name="overwrite">Whether another list in the folder itself is replaced; one above it is for other files too.</param>
    /// <returns>What became of it, for people; null where it is not needed.</returns>
    public static string? Write(string folder, ImmutableArray<string> classes, IEnumerable<string> named, bool overwrite)
    {
        if (classes.SequenceEqual(named.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)))
        {
            return null;
        }

        var count = string.Create(CultureInfo.InvariantCulture, $"label order: {classes.Length} class{(classes.Length == 1 ? "" : "es")}");
        var own = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var isAbove = FolderName.IsForLabels(Path.GetFileName(own)) && Path.GetDirectoryName(own) is not null;
        var path = Path.Combine(isAbove ? Path.GetDirectoryName(own)! : own, "classes.txt");
        if (!ClassListText.Holds(classes))
        {
            return $"{count}; it is lost: a list would not be read as these names";
        }

        if (File.Exists(path) && (isAbove || !overwrite))
        {
            return ClassSource.NamesIn(path) is { } other && other.SequenceEqual(classes) ? $"{count}, in {path}"
                : $"{count}; it is lost: {path} lists others and is kept";
        }

        AtomicFile.WriteIfDifferent(path, ClassListText.Lines(classes));
        return $"{count}, in {path}";
    }
}
