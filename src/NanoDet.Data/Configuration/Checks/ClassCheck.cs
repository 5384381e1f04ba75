using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

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

        if (!configuration.ClassNames.IsEmpty && !configuration.ClassNames.SequenceEqual(classNames))
        {
            yield return ConfigurationDiagnostics.ClassesDiffer(
                place("class_names"),
                $"'class_names' is {Listed(configuration.ClassNames)}, but the data set has {Listed(classNames)}");
        }
    }

    private static string Listed(ImmutableArray<string> names)
    {
        const int Shown = 10;
        return string.Join(", ", names.Take(Shown)) + (names.Length > Shown ? $" and {names.Length - Shown} more" : "");
    }
}
