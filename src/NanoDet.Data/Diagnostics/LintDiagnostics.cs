using System.Globalization;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Data.Diagnostics;

/// <summary>NDB16xx: labels that a model does not agree with.</summary>
public static class LintDiagnostics
{
    // So much of a box is inside another one that its sides are hardly beyond.
    private const double Inside = 0.9;

    /// <summary>NDB1601: an object looks like one of another class.</summary>
    /// <param name="location">The object's place.</param>
    /// <param name="className">Its class.</param>
    /// <param name="seen">The class that it looks like.</param>
    /// <param name="confidence">0 to 1.</param>
    /// <param name="id">What the finding is called where it is accepted.</param>
    public static Diagnostic OtherClass(SourceLocation location, string className, string seen, double confidence, string id)
        => Finding("NDB1601", location, confidence, id, $"The object is labelled '{Name(className)}' and looks like '{Name(seen)}'");

    /// <summary>NDB1602: an object has no label.</summary>
    /// <param name="location">The place of the image's labels.</param>
    /// <param name="seen">The class that it looks like.</param>
    /// <param name="box">Where it is, in pixels of the image.</param>
    /// <param name="confidence">0 to 1.</param>
    /// <param name="id">What the finding is called where it is accepted.</param>
    public static Diagnostic NoLabel(SourceLocation location, string seen, BoundingBox box, double confidence, string id)
        => Finding("NDB1602", location, confidence, id, $"An object that looks like '{Name(seen)}' has no label at {box}");

    /// <summary>NDB1603: a box does not fit its object.</summary>
    /// <param name="location">The box's place.</param>
    /// <param name="className">The class of the object.</param>
    /// <param name="box">The box, in pixels of the image.</param>
    /// <param name="seen">Where the object seems to be.</param>
    /// <param name="confidence">0 to 1.</param>
    /// <param name="id">What the finding is called where it is accepted.</param>
    public static Diagnostic Box(SourceLocation location, string className, BoundingBox box, BoundingBox seen, double confidence, string id)
        => Finding("NDB1603", location, confidence, id, $"The box {box} of '{Name(className)}' {Misfit(box, seen)}, which seems to be at {seen}");

    /// <summary>NDB1604: there is no object in a box.</summary>
    /// <param name="location">The object's place.</param>
    /// <param name="className">Its class.</param>
    /// <param name="box">Its box, in pixels of the image.</param>
    /// <param name="confidence">0 to 1.</param>
    /// <param name="id">What the finding is called where it is accepted.</param>
    public static Diagnostic NoObject(SourceLocation location, string className, BoundingBox box, double confidence, string id)
        => Finding("NDB1604", location, confidence, id, $"There seems to be no '{Name(className)}' in the box {box}");

    /// <summary>NDB1605: an object has two labels.</summary>
    /// <param name="location">The place of the label that fits less.</param>
    /// <param name="className">Its class.</param>
    /// <param name="box">Its box, in pixels of the image.</param>
    /// <param name="otherClass">The class of the other label.</param>
    /// <param name="other">The box of the other label.</param>
    /// <param name="confidence">0 to 1.</param>
    /// <param name="id">What the finding is called where it is accepted.</param>
    public static Diagnostic Twice(SourceLocation location, string className, BoundingBox box, string otherClass, BoundingBox other, double confidence, string id)
        => Finding("NDB1605", location, confidence, id, $"The label '{Name(className)}' at {box} and the label '{Name(otherClass)}' at {other} seem to be of one object");

    /// <summary>NDB1610: the file of accepted findings cannot be read.</summary>
    public static Diagnostic BaselineUnreadable(SourceLocation location, string reason)
        => new("NDB1610", Error, $"The file of accepted findings cannot be read: {reason}", location);

    private static string Misfit(BoundingBox box, BoundingBox seen)
    {
        var shared = box.IntersectionArea(seen);
        return shared >= Inside * seen.Area ? "is larger than the object"
            : shared >= Inside * box.Area ? "is smaller than the object"
            : "is beside the object";
    }

    private static string Name(string className) => DiagnosticText.Shorten(className);

    private static Diagnostic Finding(string code, SourceLocation location, double confidence, string id, string message)
        => new(code, Warning, string.Create(CultureInfo.InvariantCulture, $"{message} (confidence {confidence:0.00}, finding {id})"), location);
}
