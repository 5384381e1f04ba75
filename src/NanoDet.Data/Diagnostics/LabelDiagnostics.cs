using System.Globalization;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Data.Diagnostics;

/// <summary>NDB1xxx: labels. 100x label files, 101x what they say about images (12xx is for the images themselves), 102x pairs of image and labels, 103x boxes, 104x classes, 105x the data set as a whole.</summary>
public static class LabelDiagnostics
{
    /// <summary>NDB1000: a file has so many errors that its rest is not read.</summary>
    /// <param name="location">The file.</param>
    /// <param name="told">How many errors are told.</param>
    public static Diagnostic TooManyErrors(SourceLocation location, int told)
        => new("NDB1000", Error, $"{told} errors were found in this file, and the rest of it was not checked: there may be more", location);

    /// <summary>NDB1001: a label file is not well-formed.</summary>
    public static Diagnostic Malformed(SourceLocation location, string reason)
        => new("NDB1001", Error, $"The label file cannot be read: {reason}", location);

    /// <summary>NDB1002: a label file is larger than any label file should be; it is not opened.</summary>
    public static Diagnostic FileTooLarge(SourceLocation location, long length, long limit)
        => new("NDB1002", Error, $"The file has {length} bytes, but at most {limit} are allowed", location);

    /// <summary>NDB1003: a file is missing or cannot be opened.</summary>
    public static Diagnostic Unreadable(SourceLocation location, string reason)
        => new("NDB1003", Error, $"The file cannot be opened: {reason}", location);

    /// <summary>NDB1004: the file is not in a known label format.</summary>
    /// <param name="location">The file, or the folder without any such file.</param>
    /// <param name="seen">What is in the folder, in sentences; null for a file.</param>
    public static Diagnostic UnknownFormat(SourceLocation location, IReadOnlyCollection<string>? seen = null) => new(
        "NDB1004",
        Error,
        $"{(seen is null ? "The file is not in a known label format" : "The folder has no file in a known label format")} (Pascal VOC XML, YOLO text, or JSON of COCO, labelme, CreateML, VIA, VoTT, Label Studio or Datumaro)"
            + (seen is { Count: > 0 } ? $". What is there: {string.Join("; ", seen)}" : ""),
        location);

    /// <summary>NDB1005: a coordinate or a size is not a finite number.</summary>
    public static Diagnostic NotANumber(SourceLocation location, string what, string text)
        => new("NDB1005", Error, $"'{what}' must be a number, but is '{text}'", location);

    /// <summary>NDB1006: an object lacks its class or a side of its box.</summary>
    public static Diagnostic IncompleteObject(SourceLocation location, string missing)
        => new("NDB1006", Error, $"The object has no '{missing}'", location);

    /// <summary>NDB1007: an entry refers to an image or a category that the file does not have.</summary>
    /// <param name="location">The place of the entry.</param>
    /// <param name="what">What the id is of, in one word.</param>
    /// <param name="id">The id; null if it is not a number.</param>
    public static Diagnostic DanglingReference(SourceLocation location, string what, string? id)
        => new("NDB1007", Error, $"There is no {what} with {(id is null ? "the id that this entry names" : $"the id {id}")} in this file", location);

    /// <summary>NDB1008: an id is used twice in a file.</summary>
    /// <param name="location">The place of the second entry.</param>
    /// <param name="what">The list.</param>
    /// <param name="id">The id; null if it is not a number.</param>
    public static Diagnostic RepeatedId(SourceLocation location, string what, string? id)
        => new("NDB1008", Error, $"Two entries of '{what}' have {(id is null ? "the same id" : $"the id {id}")}", location);

    /// <summary>NDB1009: annotations without a box are left out.</summary>
    /// <param name="first">The place of the first.</param>
    /// <param name="count">How many the file has.</param>
    /// <param name="missing">What they have not, in words, in forms where an outline would do as well.</param>
    public static Diagnostic BoxesMissing(SourceLocation first, int count, string missing = "no box of four numbers") => new(
        "NDB1009", Warning, $"{(count == 1 ? "One annotation in this file has" : $"{count} annotations in this file, the first of them here, have")} {missing} and {(count == 1 ? "is" : "are")} left out", first);

    /// <summary>NDB1010: the labels have a form that is recognised but not read.</summary>
    /// <param name="location">The place that shows it.</param>
    /// <param name="form">What the labels are, such as "pixels instead of shares of the image".</param>
    /// <param name="resolution">What to do.</param>
    public static Diagnostic OtherForm(SourceLocation location, string form, string resolution)
        => new("NDB1010", Error, $"The labels seem to be {form}, which is not read; {resolution}", location);

    /// <summary>NDB1011: objects without a class are left out.</summary>
    /// <param name="first">The place of the first.</param>
    /// <param name="count">How many the file has.</param>
    public static Diagnostic ClassesMissing(SourceLocation first, int count) => new(
        "NDB1011", Warning, $"{(count == 1 ? "One object in this file has" : $"{count} objects in this file, the first of them here, have")} no class and {(count == 1 ? "is" : "are")} left out", first);

    /// <summary>NDB1012: images that several people labelled.</summary>
    /// <param name="first">The place of the first.</param>
    /// <param name="count">How many the file has.</param>
    public static Diagnostic SeveralAnnotations(SourceLocation first, int count) => new(
        "NDB1012", Warning, $"{(count == 1 ? "One image in this file was" : $"{count} images in this file, the first of them here, were")} labelled more than once; the labels marked as ground truth are used, or else those that were changed last", first);

    /// <summary>NDB1013: an image's extension does not match its content.</summary>
    public static Diagnostic ExtensionMismatch(SourceLocation location, string format)
        => new("NDB1013", Warning, $"The file contains {format}, but its extension says otherwise", location);

    /// <summary>NDB1014: the labels are for an image of another size and the same shape.</summary>
    public static Diagnostic SizeMismatch(SourceLocation location, int labelWidth, int labelHeight, int width, int height)
        => new("NDB1014", Warning, $"The labels are for an image of {labelWidth}x{labelHeight}, but the image is {width}x{height}; the boxes are scaled to it", location);

    /// <summary>NDB1015: the size in the labels fits only if the EXIF orientation is treated the other way.</summary>
    /// <param name="location">The place of the labels.</param>
    /// <param name="orientation">The EXIF orientation.</param>
    /// <param name="labelWidth">Width of the image in the labels.</param>
    /// <param name="labelHeight">Its height there.</param>
    /// <param name="turned">Whether the boxes are turned; otherwise they fit the image as they are.</param>
    public static Diagnostic OrientationMismatch(SourceLocation location, int orientation, int labelWidth, int labelHeight, bool turned) => new(
        "NDB1015", Warning, string.Create(CultureInfo.InvariantCulture, $"The labels are for {labelWidth}x{labelHeight}, which is the image with width and height swapped, as its EXIF orientation ({orientation}) swaps them. ")
            + (turned ? "The boxes are turned with the image" : "The boxes fit the image only as they are, so they are not turned"), location);

    /// <summary>NDB1016: the labels are for an image of another shape.</summary>
    public static Diagnostic ShapeMismatch(SourceLocation location, int labelWidth, int labelHeight, int width, int height)
        => new("NDB1016", Error, $"The labels are for an image of {labelWidth}x{labelHeight}, but the image is {width}x{height}, which has another shape: the boxes cannot be scaled to it", location);

    /// <summary>NDB1017: nothing says which attribute of the regions names their class.</summary>
    /// <param name="location">The place of the first region.</param>
    /// <param name="seen">The attributes that have values.</param>
    public static Diagnostic ClassAttributeUnknown(SourceLocation location, IReadOnlyCollection<string> seen) => new(
        "NDB1017",
        Error,
        seen.Count == 0
            ? "The regions have no attribute with a value, so nothing names their classes. In VIA, add a region attribute 'class' and give each region its class"
            : $"The regions have the attributes {string.Join(", ", seen.Select(name => $"'{DiagnosticText.Shorten(name)}'"))}, and none has a name that stands for a class. In VIA, rename the one with the class to 'class'",
        location);

    /// <summary>NDB1018: labels can mean two things, and one of them was chosen.</summary>
    /// <param name="location">The first place.</param>
    /// <param name="guess">What they were taken for, and for what not, in a sentence without its full stop.</param>
    /// <param name="resolution">What makes it clear.</param>
    public static Diagnostic MeaningGuessed(SourceLocation location, string guess, string resolution) => new("NDB1018", Warning, $"{guess}. {resolution}", location);

    /// <summary>NDB1019: annotations of images that the file does not list are left out.</summary>
    /// <param name="first">The place of the first.</param>
    /// <param name="count">How many the file has.</param>
    public static Diagnostic ImagesOfAnnotationsMissing(SourceLocation first, int count) => new(
        "NDB1019", Warning, $"{(count == 1 ? "One annotation in this file is of an image" : $"{count} annotations in this file, the first of them here, are of images")} that 'images' does not list, and {(count == 1 ? "is" : "are")} left out", first);

    /// <summary>NDB1020: labels without their image.</summary>
    /// <param name="location">The labels.</param>
    /// <param name="fileName">The name of the image in them; empty for none.</param>
    /// <param name="unread">A picture of that name in a form that is not read; null for none.</param>
    /// <param name="withoutId">The name without the number that Label Studio puts before it, which no image has either; null where it has none.</param>
    public static Diagnostic ImageMissing(SourceLocation location, string fileName, string? unread = null, string? withoutId = null) => new(
        "NDB1020", Error, unread is null
            ? "The image of these labels does not exist; " + (fileName.Length > 0 ? $"they name '{DiagnosticText.Shorten(fileName)}'" : "no image has their file's name")
                + (withoutId is null ? "" : $", and no image has the name without the number of the upload either, '{DiagnosticText.Shorten(withoutId[(withoutId.LastIndexOf('/') + 1)..])}'")
            : $"The image of these labels is '{DiagnosticText.Shorten(unread)}', in a form that is not read. Convert it to JPEG, with the same name and size", location);

    /// <summary>NDB1021: an image has no labels and is left out; it is not taken for an image without objects.</summary>
    public static Diagnostic LabelsMissing(SourceLocation location)
        => new("NDB1021", Warning, "There are no labels for this image, so it is left out; mark it as negative if it shows no object. Ultralytics takes such images for background, and NanoDetUnlabeled=Negative does so for all", location);

    /// <summary>NDB1022: labels that fit more than one image, or an image that more than one label file, or entry of a file, fits.</summary>
    /// <param name="location">The image or the labels.</param>
    /// <param name="first">A file that fits.</param>
    /// <param name="second">Another one; the same for two entries of one label file about one image.</param>
    /// <param name="count">How many there are of the same cause; this is the first.</param>
    public static Diagnostic AmbiguousPair(SourceLocation location, string first, string second, int count = 1) => new(
        "NDB1022", Error, (first == second
            ? $"Another entry of this file is about the same image, '{first}'. Delete one, or write the folders of both images into their names"
            : $"It is not clear which file belongs to this one: both '{first}' and '{second}' fit")
            + (count == 1 ? "" : $". The same is so for {count - 1} more"), location);

    /// <summary>NDB1023: the labels name another image than the one that they stand beside.</summary>
    public static Diagnostic FileNameMismatch(SourceLocation location, string named, string image)
        => new("NDB1023", Warning, $"The labels name the image '{DiagnosticText.Shorten(named)}', but are used for '{image}'", location);

    /// <summary>NDB1024: labels without their image, and an image of the same name that is not theirs.</summary>
    public static Diagnostic ImageElsewhere(SourceLocation location, string image)
        => new("NDB1024", Error, $"The image of these labels does not exist. '{image}' has the same name, but is not used: the other labels show that the two folders do not belong together", location);

    /// <summary>NDB1025: the folders of labels and image give no reason why the two belong together; only the names do.</summary>
    public static Diagnostic FoldersDiffer(SourceLocation location, string folder, string image)
        => new("NDB1025", Warning, $"Labels in the folder '{DiagnosticText.Shorten(folder)}' are used for images such as '{image}' only because the names of the files are the same; check that they belong together", location);

    /// <summary>NDB1030: a box without area is left out.</summary>
    public static Diagnostic DegenerateBox(SourceLocation location, string className, BoundingBox box)
        => new("NDB1030", Warning, $"The box of '{DiagnosticText.Shorten(className)}' {Format(box)} has no area and is left out{(box.Left > box.Right || box.Top > box.Bottom ? ": its first corner is not the left and upper one" : "")}", location);

    /// <summary>NDB1031: a box reaches beyond the image and is cut at its edge.</summary>
    public static Diagnostic BoxClipped(SourceLocation location, string className, BoundingBox box, int width, int height)
        => new("NDB1031", Warning, $"The box of '{DiagnosticText.Shorten(className)}' {Format(box)} reaches beyond the image of {width}x{height} and is cut at its edge", location);

    /// <summary>NDB1032: a box beyond the image is left out.</summary>
    public static Diagnostic BoxOutside(SourceLocation location, string className, BoundingBox box, int width, int height)
        => new("NDB1032", Warning, $"The box of '{DiagnosticText.Shorten(className)}' {Format(box)} lies outside the image of {width}x{height} and is left out", location);

    /// <summary>NDB1033: the upright boxes around turned ones are used.</summary>
    /// <param name="first">The place of the first.</param>
    /// <param name="count">How many the file has.</param>
    public static Diagnostic BoxesRotated(SourceLocation first, int count) => new(
        "NDB1033", Warning, $"{(count == 1 ? "One box in this file is" : $"{count} boxes in this file, the first of them here, are")} rotated; the upright {(count == 1 ? "box around it is" : "boxes around them are")} used, because the model finds upright boxes", first);

    /// <summary>NDB1034: an object is there twice.</summary>
    public static Diagnostic RepeatedBox(SourceLocation location, string className, BoundingBox box)
        => new("NDB1034", Warning, $"The image has another box of '{DiagnosticText.Shorten(className)}' with the same corners {Format(box)}; they count as one object", location);

    /// <summary>NDB1035: an image has more objects of a class than evaluation counts detections.</summary>
    public static Diagnostic ManyObjects(SourceLocation location, string className, int count, int limit) => new(
        "NDB1035", Warning, $"The image has {count} objects of '{DiagnosticText.Shorten(className)}', but COCO's figures count only the best {limit} detections of a class on an image, so no model can reach 1", location);

    /// <summary>NDB1036: many objects are too small at the size of the network's input.</summary>
    public static Diagnostic SmallBoxes(int small, int all, double least, int width, int height) => new("NDB1036", Warning, string.Create(
        CultureInfo.InvariantCulture, $"{small} of {all} objects are less than {least:0.#} pixels wide or high once their images are scaled to the input of {width}x{height}, and can hardly be learnt; a larger NanoDetInputSize helps, or images cut into tiles"));

    /// <summary>NDB1037: most boxes reach beyond their images.</summary>
    /// <param name="first">The place of the first.</param>
    /// <param name="beyond">How many do.</param>
    /// <param name="all">How many there are.</param>
    public static Diagnostic MostBoxesBeyond(SourceLocation first, int beyond, int all) => new(
        "NDB1037", Warning, $"{beyond} of {all} boxes reach beyond their images, so the numbers probably mean something else. YOLO's text has class x y width height, with the centre: not two corners, a confidence before the box, or the number of a track behind the class; COCO's 'bbox' has the left and upper edge, width and height: not two corners. Look at the boxes with 'nanodet view'", first);

    /// <summary>NDB1040: a class is not in the list of classes.</summary>
    public static Diagnostic UnknownClass(SourceLocation location, string className, string? suggestion)
        => new("NDB1040", Error, $"The class '{DiagnosticText.Shorten(className)}' is not in the list of classes" + (suggestion is null ? "; add it to the list, or leave the objects of other classes out with NanoDetOtherClasses=Ignore" : $"; did you mean '{suggestion}'?"), location);

    /// <summary>NDB1041: a class has too few objects.</summary>
    /// <param name="location">The list of classes, or the first object of the class.</param>
    /// <param name="className">The class.</param>
    /// <param name="count">Objects that are learnt.</param>
    /// <param name="ignored">Objects that are not, because they are difficult or crowds.</param>
    /// <param name="minimum">How many are enough.</param>
    public static Diagnostic RareClass(SourceLocation? location, string className, int count, int ignored, int minimum)
    {
        var others = ignored == 0 ? "" : $", and {ignored} more {(ignored == 1 ? "is" : "are")} ignored as difficult or a crowd (NanoDetDifficult)";
        return new("NDB1041", Warning, $"The class '{className}' has only {count} object{(count == 1 ? "" : "s")}{others}; a model can hardly learn a class from fewer than {minimum}", location);
    }

    /// <summary>NDB1043: a class is listed twice.</summary>
    public static Diagnostic RepeatedClass(SourceLocation? location, string className)
        => new("NDB1043", Error, $"The class '{DiagnosticText.Shorten(className)}' is listed twice", location);

    /// <summary>NDB1044: the data set has no class.</summary>
    public static Diagnostic NoClasses(SourceLocation? location)
        => new("NDB1044", Error, "There is no class: neither a list of classes nor a labelled object names one", location);

    /// <summary>NDB1045: a class index exceeds the list of classes.</summary>
    public static Diagnostic ClassIndexOutOfRange(SourceLocation location, long index, int count)
        => new("NDB1045", Error, $"The class index {index} does not exist; the list has {count} class{(count == 1 ? "" : "es")}", location);

    /// <summary>NDB1046: a class name is empty, or has a character that cannot be printed.</summary>
    /// <param name="location">Its place.</param>
    /// <param name="className">The name.</param>
    /// <param name="character">The character; null where the name is empty.</param>
    public static Diagnostic UnusableClass(SourceLocation? location, string className, char? character) => new(
        "NDB1046", Error, character is { } unprintable
            ? string.Create(CultureInfo.InvariantCulture, $"The class name '{DiagnosticText.Shorten(className)}' has the character U+{(int)unprintable:X4}, which cannot be printed")
            : "The class name is empty", location);

    /// <summary>NDB1047: a list of classes is in an unknown encoding.</summary>
    public static Diagnostic NotUtf8(SourceLocation location)
        => new("NDB1047", Error, "The line is not in UTF-8, and the file does not begin with the mark of another encoding; save it as UTF-8", location);

    /// <summary>NDB1048: a name means two classes.</summary>
    public static Diagnostic AmbiguousAlias(SourceLocation? location, string alias, string className, string other) => new(
        "NDB1048", Error, $"'{DiagnosticText.Shorten(alias)}' is an alias of the class '{DiagnosticText.Shorten(className)}', but means '{DiagnosticText.Shorten(other)}' too", location);

    /// <summary>NDB1049: two classes can be taken for each other.</summary>
    /// <param name="first">The one.</param>
    /// <param name="second">The other.</param>
    /// <param name="reason">In what they differ.</param>
    public static Diagnostic SimilarClasses(string first, string second, string reason) => new(
        "NDB1049", Warning, $"'{DiagnosticText.Shorten(first)}' and '{DiagnosticText.Shorten(second)}' are two classes, because {reason}. If they mean the same, correct the labels, or write <NanoDetClass Include=\"{DiagnosticText.Shorten(first)}\" Aliases=\"{DiagnosticText.Shorten(second)}\" />");

    /// <summary>NDB1064: a line in a list of classes is no name.</summary>
    /// <param name="location">The line.</param>
    /// <param name="reason">What it is instead, and what to do.</param>
    public static Diagnostic LineWithoutClass(SourceLocation location, string reason) => new("NDB1064", Error, reason, location);

    /// <summary>NDB1050: two image files have the same content.</summary>
    public static Diagnostic DuplicateImage(SourceLocation location, string original)
        => new("NDB1050", Warning, $"The image is identical, byte for byte, to '{original}'", location);

    /// <summary>NDB1051: two image files have the same content and labels that contradict each other.</summary>
    /// <param name="location">The image.</param>
    /// <param name="original">The other one.</param>
    /// <param name="difference">In what the labels differ, in words.</param>
    public static Diagnostic ContradictingLabels(SourceLocation location, string original, string difference) => new(
        "NDB1051", Error, $"The image is identical, byte for byte, to '{original}', but {difference}: only one can be right. Delete one of the two images with its labels, or give both the same labels", location);

    private static string Format(BoundingBox box)
        => string.Create(CultureInfo.InvariantCulture, $"({box.Left:0.##}, {box.Top:0.##})-({box.Right:0.##}, {box.Bottom:0.##})");
}
