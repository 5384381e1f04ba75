using System.Globalization;
using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Data.Diagnostics;

/// <summary>NDB106x: what is found in a folder without being named.</summary>
public static class DiscoveryDiagnostics
{
    /// <summary>NDB1060: the same pictures have label files of two forms.</summary>
    /// <param name="first">The form of which there are more files, in words; a pattern that matches its files; and the items that leave it out.</param>
    /// <param name="second">The same for the other form.</param>
    /// <param name="pictures">Number of pictures that have both.</param>
    public static Diagnostic TwoForms((string Form, string Pattern, string Without) first, (string Form, string Pattern, string Without) second, int pictures) => new(
        "NDB1060",
        Error,
        string.Create(CultureInfo.InvariantCulture, $"{pictures} {(pictures == 1 ? "picture has" : "pictures have")} labels of two forms, {first.Form} ('{first.Pattern}') and {second.Form} ('{second.Pattern}'), and only one can be right. Move one of them away; in a project, {second.Without} leaves out {second.Form}, and {first.Without} {first.Form}"));

    /// <summary>NDB1061: two lists of classes differ.</summary>
    /// <param name="first">The one.</param>
    /// <param name="second">The other.</param>
    /// <param name="firstCounts">Whether the first is of a better kind, so that it is known which one counts.</param>
    public static Diagnostic TwoClassLists(string first, string second, bool firstCounts) => new(
        "NDB1061",
        firstCounts ? Warning : Error,
        $"The numbers in YOLO labels would mean other classes by this list than by '{first}'"
            + (firstCounts ? ", which is the one that counts; this list is passed over" : "")
            + ". Delete the wrong one, or name the right one: NanoDetClassFile in a project, --classes on the command line",
        new SourceLocation(second));

    /// <summary>NDB1062: YOLO labels, and no file that says what their numbers mean.</summary>
    /// <param name="labels">The first label file.</param>
    public static Diagnostic NoClassNames(string labels) => new(
        "NDB1062",
        Error,
        "YOLO labels contain numbers of classes and no names, and no file with the names was found (data.yaml, obj.names, classes.txt, notes.json). Write the names into classes.txt beside the labels, one on each line, in the order of the numbers",
        new SourceLocation(labels));

    /// <summary>NDB1063: a file that should name the classes has no names where its form has them.</summary>
    /// <param name="location">The file, or the place in it.</param>
    /// <param name="expected">What was looked for.</param>
    public static Diagnostic NoListOfClasses(SourceLocation location, string expected)
        => new("NDB1063", Error, $"The classes cannot be read from this file: {expected}", location);
}
