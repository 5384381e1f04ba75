using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Tool.Diagnostics;

/// <summary>NDB61xx: the command line tool.</summary>
public static class ToolDiagnostics
{
    private const int MostPlaces = 5;

    /// <summary>NDB6101: ffmpeg or ffprobe is not on the path.</summary>
    public static Diagnostic FfmpegMissing(string program, string hint)
        => new("NDB6101", Error, $"Videos and cameras need {program}, which is not on the PATH; {hint}");

    /// <summary>NDB6102: ffmpeg cannot read an input.</summary>
    public static Diagnostic UnreadableVideo(string path, string reason)
        => new("NDB6102", Error, $"The video cannot be read: {reason}", new(path));

    /// <summary>NDB6103: ffmpeg could not write a video.</summary>
    public static Diagnostic UnwritableVideo(string path, string reason)
        => new("NDB6103", Error, $"The video cannot be written: {reason}", new(path));

    /// <summary>NDB6104: an input is neither a file, a folder with images, nor a pattern that matches something.</summary>
    public static Diagnostic NothingFound(string input)
        => new("NDB6104", Error, Directory.Exists(input)
            ? "The folder has no image and no video, and neither have the folders in it"
            : "There is no such file or folder, and no file matches it as a pattern", new(input));

    /// <summary>NDB6105: a result file could not be written.</summary>
    public static Diagnostic UnwritableFile(string path, string reason)
        => new("NDB6105", Error, $"The file cannot be written: {reason}", new(path));

    /// <summary>NDB6106: a label file exists already and would be overwritten.</summary>
    public static Diagnostic LabelsExist(string path)
        => new("NDB6106", Warning, "The label file exists and is kept; use --overwrite to replace it", new(path));

    /// <summary>NDB6107: an image is not in the COCO file that gives the ids.</summary>
    public static Diagnostic NoImageId(string path)
        => new("NDB6107", Error, "No image in the file given by --ids has this name, so its detections have no id and are left out", new(path));

    /// <summary>NDB6109: a label file names an image outside the output folder.</summary>
    public static Diagnostic OutsideFolder(SourceLocation location, string fileName)
        => new("NDB6109", Error, $"'{DiagnosticText.Shorten(fileName)}' lies outside the output folder, so nothing is written for it", location);

    /// <summary>NDB6110: none of the labelled images exists.</summary>
    public static Diagnostic NothingToJudge(string path)
        => new("NDB6110", Error, "None of the labelled images exists; give their folder with --images", new(path));

    /// <summary>NDB6111: a model's manifest cannot be read.</summary>
    public static Diagnostic UnreadableManifest(string path, string reason)
        => new("NDB6111", Error, $"The manifest cannot be read: {reason}", new(path));

    /// <summary>NDB6112: there is no image to show.</summary>
    public static Diagnostic NothingToShow(string path)
        => new("NDB6112", Error, "There is no image to show, so nothing is written", new(path));

    /// <summary>NDB6113: a native library is missing or not for this system.</summary>
    public static Diagnostic NativeLibraryMissing(string runtimeIdentifier, string reason)
        => new("NDB6113", Error, $"Images and models cannot be read on {runtimeIdentifier}: {reason}");

    /// <summary>NDB6114: there is no training to watch.</summary>
    public static Diagnostic NothingToWatch(string target, ImmutableArray<string> looked)
        => new("NDB6114", Error, looked.IsEmpty ? "There is no project and no training here"
            : $"Nothing has been trained here yet; looked in {string.Join(", ", looked.Take(MostPlaces))}{(looked.Length > MostPlaces ? $" and {looked.Length - MostPlaces} more" : "")}", new(target));

    /// <summary>NDB6115: images have more objects of a class than evaluation counts detections.</summary>
    public static Diagnostic FiguresOfManyObjects(int images, int limit) => new(
        "NDB6115", Warning, $"COCO's figures count only the best {limit} detections of a class on an image, but {(images == 1 ? "one image has" : $"{images} images have")} more objects of one class, so not even a perfect model reaches 1");

    /// <summary>NDB6116: a format has no word for a flag of objects.</summary>
    public static Diagnostic FlagsLost(int count, string format) => new(
        "NDB6116", Warning, $"{(count == 1 ? "One object is" : $"{count} objects are")} marked as difficult or as a crowd, which {format} cannot say; {(count == 1 ? "it becomes an ordinary object" : "they become ordinary objects")}");

    /// <summary>NDB6117: a file to write exists already.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isInput">Whether it is the file to read.</param>
    public static Diagnostic FileExists(string path, bool isInput) => new(
        "NDB6117", Error, isInput ? "The file is the one to read, so it is not replaced; write another one" : "The file exists and is kept; use --overwrite to replace it", new(path));

    /// <summary>NDB6120: the existing labels use another list of classes.</summary>
    /// <param name="path">The list.</param>
    /// <param name="isReplaced">Whether <c>--overwrite</c> replaces it; a list of another name is for other files too.</param>
    public static Diagnostic OtherClasses(string path, bool isReplaced) => new(
        "NDB6120", Error, "By this list, the numbers of the labels to write would mean other classes; they were not written. "
            + (isReplaced ? "--overwrite replaces the list" : "Write them into another folder, or correct the list"), new(path));

    /// <summary>NDB6121: two images would have the same label file.</summary>
    public static Diagnostic LabelsClash(SourceLocation location, string fileName, string path)
        => new("NDB6121", Error, $"The labels of '{DiagnosticText.Shorten(fileName)}' would replace those of another image in '{DiagnosticText.Shorten(path)}', so they are not written", location);

    /// <summary>NDB6122: a model has none of the classes of labels.</summary>
    /// <param name="path">The labels.</param>
    /// <param name="ofModel">The classes of the model.</param>
    /// <param name="ofLabels">Those of the labels.</param>
    public static Diagnostic NoCommonClass(string path, ImmutableArray<string> ofModel, ImmutableArray<string> ofLabels) => new(
        "NDB6122", Error, $"The model has none of the classes of these labels: it knows {Some(ofModel)}, and they have {Some(ofLabels)}. If only the names differ, give those of the model with --names", new(path));

    /// <summary>NDB6123: labels that nobody has corrected are in the folder of a project.</summary>
    /// <param name="folder">The folder of the labels.</param>
    /// <param name="project">The project file.</param>
    public static Diagnostic GuessesInProject(string folder, string project) => new(
        "NDB6123", Warning, $"These labels are what the model guesses, and they are in the folder of '{DiagnosticText.Shorten(Path.GetFileName(project))}', whose next build learns from them: correct them first, or write them outside of that folder", new(folder));

    private static string Some(ImmutableArray<string> names)
        => $"{string.Join(", ", names.Take(MostPlaces).Select(name => $"'{DiagnosticText.Shorten(name)}'"))}{(names.Length > MostPlaces ? $" and {names.Length - MostPlaces} more" : "")}";
}
