using System.Globalization;
using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Data.Diagnostics;

/// <summary>NDB2xxx: the split into training, validation and test.</summary>
public static class SplitDiagnostics
{
    /// <summary>NDB2001: the same image is in two parts, so the model would be evaluated on an image that it has already seen.</summary>
    public static Diagnostic Leak(string first, string firstPart, string second, string secondPart) => new(
        "NDB2001",
        Error,
        $"'{second}' ({secondPart}) is the same image as '{first}' ({firstPart}): the model would be evaluated on an image that it has already seen",
        new SourceLocation(second));

    /// <summary>NDB2002: two images of one group ask for different parts.</summary>
    public static Diagnostic GroupConflict(string group, string first, string firstPart, string second, string secondPart) => new(
        "NDB2002",
        Error,
        $"Group '{group}' cannot be in two parts: '{first}' asks for {firstPart} and '{second}' for {secondPart}",
        new SourceLocation(second));

    /// <summary>NDB2003: two lists name the same image.</summary>
    public static Diagnostic ListConflict(SourceLocation location, string name, string otherList)
        => new("NDB2003", Error, $"'{name}' is already in '{otherList}': an image can be in one part only", location);

    /// <summary>NDB2004: a list names an image that the data set does not have.</summary>
    /// <param name="location">The line.</param>
    /// <param name="name">What it names.</param>
    /// <param name="elsewhere">An image of that name in a folder that the line does not lead to; null for none.</param>
    public static Diagnostic ListedImageMissing(SourceLocation location, string name, string? elsewhere = null) => new(
        "NDB2004", Error, $"The list names '{DiagnosticText.Shorten(name)}', but " + (elsewhere is null
            ? "no image has that name; delete the line, or add the image"
            : $"no image is there; '{DiagnosticText.Shorten(elsewhere)}' has the same name. If it is meant, write its path as it is from the folder of the list"), location);

    /// <summary>NDB2005: a class cannot be in both training and validation.</summary>
    public static Diagnostic ClassNotInPart(string className, int images, string missing) => new(
        "NDB2005",
        Warning,
        string.Create(CultureInfo.InvariantCulture, $"Class '{className}' has {images} image{(images == 1 ? "" : "s")}, and none for {missing}"));

    /// <summary>NDB2006: a part that must have images is empty.</summary>
    public static Diagnostic PartEmpty(string part, int images) => new(
        "NDB2006", Error, string.Create(CultureInfo.InvariantCulture, $"No image is left for {part}; the data set has {images} image{(images == 1 ? "" : "s")}"));

    /// <summary>NDB2007: the split record cannot be read.</summary>
    public static Diagnostic RecordUnreadable(SourceLocation location, string reason)
        => new("NDB2007", Error, $"The split record cannot be read: {reason}", location);

    /// <summary>NDB2008: a list of images cannot be read.</summary>
    public static Diagnostic ListUnreadable(SourceLocation location, string reason)
        => new("NDB2008", Error, $"The list of images cannot be read: {reason}", location);

    /// <summary>NDB2009: a part has far more or fewer images than its share.</summary>
    /// <param name="part">The part, in words.</param>
    /// <param name="actual">Images in it whose part nobody chose.</param>
    /// <param name="images">All images whose part nobody chose.</param>
    /// <param name="share">The share.</param>
    /// <param name="reasons">Why, in words.</param>
    public static Diagnostic FarFromShare(string part, int actual, int images, double share, IEnumerable<string> reasons) => new(
        "NDB2009",
        Warning,
        string.Create(CultureInfo.InvariantCulture, $"{actual} of {images} images are for {part}, where a share of {share} would be about {images * share:0}: {string.Join("; ", reasons)}"));

    /// <summary>NDB2010: names alone put all images into one part that is not training, so they are no split.</summary>
    /// <param name="part">The part, in words.</param>
    /// <param name="images">Number of images.</param>
    /// <param name="name">A folder or label file that is called like the part.</param>
    public static Diagnostic OnePartByName(string part, int images, string name) => new(
        "NDB2010",
        Warning,
        string.Create(CultureInfo.InvariantCulture, $"By names such as '{DiagnosticText.Shorten(name)}', all {images} images would be for {part}, and none to learn from. The names are passed over, and the hash of each image decides"));
}
