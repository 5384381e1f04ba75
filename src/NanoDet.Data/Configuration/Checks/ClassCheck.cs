using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Labels;

namespace NanoDet.Data.Configuration.Checks;

/// <summary>Checks that head, class names and data set have the same classes; a difference would give correct boxes wrong names.</summary>
internal static class ClassCheck
{
    /// <summary>Returns the differences.</summary>
    public static IEnumerable<Diagnostic> Run(
        NanoDetConfiguration configuration, ImmutableArray<string> classNames, Func<string, SourceLocation?> place)
    {
        var head = configuration.Model.Head.NumClasses;
        if (head != classNames.Length)
        {
            yield return ConfigurationDiagnostics.ClassesDiffer(
                place("model.arch.head.num_classes"),
                $"'num_classes' is {head}, but the data set has {classNames.Length} {(classNames.Length == 1 ? "class" : "classes")}: {Listed(classNames)}");
        }

        if (!configuration.ClassNames.IsEmpty && Difference("class_names", configuration.ClassNames, classNames) is { } difference)
        {
            yield return ConfigurationDiagnostics.ClassesDiffer(place("class_names"), difference);
        }
    }

    /// <summary>Returns where the names of a section are not the classes of its categories. The labels of other forms are read with such names.</summary>
    /// <param name="blocks">What the sections name.</param>
    /// <param name="names">The names of the whole file, which are compared by themselves.</param>
    /// <param name="classNames">The classes of the data set in label order.</param>
    /// <param name="place">The place of a key in the file.</param>
    public static IEnumerable<Diagnostic> RunSections(
        IEnumerable<DataBlock> blocks, ImmutableArray<string> names, ImmutableArray<string> classNames, Func<string, SourceLocation?> place)
    {
        foreach (var block in blocks.Where(block => block.Form == LabelFormat.Coco && !block.ClassNames.IsEmpty && !block.ClassNames.SequenceEqual(names)))
        {
            var key = $"{block.Section}.class_names";
            if (Difference(key, block.ClassNames, classNames) is { } difference)
            {
                yield return ConfigurationDiagnostics.ClassesDiffer(place(key), difference);
            }
        }
    }

    /// <summary>Returns how two lists differ, in words; null where they name the same classes in the same order.</summary>
    private static string? Difference(string key, ImmutableArray<string> given, ImmutableArray<string> found)
    {
        string[] spacedGiven = [.. given.Select(Spaced)];
        string[] spacedFound = [.. found.Select(Spaced)];
        string[] onlyGiven = [.. given.Where(name => !spacedFound.Contains(Spaced(name)))];
        string[] onlyFound = [.. found.Where(name => !spacedGiven.Contains(Spaced(name)))];
        if (onlyGiven.Length + onlyFound.Length > 0)
        {
            return $"The classes of '{key}' are not those of the data set: "
                + string.Join("; ", Only($"'{key}'", onlyGiven).Concat(Only("the data set", onlyFound)));
        }

        return Enumerable.Range(0, Math.Max(given.Length, found.Length))
            .Where(i => spacedGiven.ElementAtOrDefault(i) != spacedFound.ElementAtOrDefault(i))
            .Select(i => $"'{key}' has the classes of the data set in another order: class {i + 1} is {Name(given, i)} there and {Name(found, i)} in the data set")
            .FirstOrDefault();
    }

    private static IEnumerable<string> Only(string owner, string[] names) => names.Length > 0 ? [$"only {owner} has {Listed(names)}"] : [];

    // The original's files write underscores where the labels of COCO have spaces, and the original takes the names of the labels.
    private static string Spaced(string name) => name.Replace('_', ' ');

    private static string Name(ImmutableArray<string> names, int index) => index < names.Length ? $"'{names[index]}'" : "missing";

    private static string Listed(IReadOnlyCollection<string> names)
    {
        const int Shown = 10;
        return string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? $" and {names.Count - Shown} more" : "");
    }
}
