using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Discovery;
using NanoDet.Data.Files;
using NanoDet.Tool.Diagnostics;

namespace NanoDet.Tool.Labels;

/// <summary>
/// The list beside YOLO's labels, without which their numbers mean nothing: <c>classes.txt</c>, or <c>data.yaml</c> for names that such a
/// list cannot hold.
/// </summary>
internal static class YoloClassFile
{
    /// <summary>Writes the list, before any label that counts by it.</summary>
    /// <param name="folder">The folder of the labels.</param>
    /// <param name="classes">The classes in label order.</param>
    /// <param name="overwrite">Whether a list of other classes is replaced, by which the labels that are there count.</param>
    /// <exception cref="NanoDetException">NDB6120: there is a list of other classes, by which the labels would be read.</exception>
    public static void Write(string folder, ImmutableArray<string> classes, bool overwrite)
    {
        if (LabelPlace.OtherClasses(folder, classes) is { } other)
        {
            throw new NanoDetException(ToolDiagnostics.OtherClasses(other, isReplaced: false));
        }

        var isHeld = ClassListText.Holds(classes);
        var list = Path.Combine(folder, "classes.txt");
        var path = isHeld ? list : Path.Combine(folder, "data.yaml");
        if (!isHeld && File.Exists(list))
        {
            throw new NanoDetException(ToolDiagnostics.OtherClasses(list, isReplaced: false));
        }

        if (!File.Exists(path) || (isHeld && overwrite))
        {
            AtomicFile.WriteIfDifferent(path, isHeld ? ClassListText.Lines(classes) : ClassListText.Yaml([], classes));
        }
        else if (ClassSource.Read(path) is var there && !there.Names.SequenceEqual(classes))
        {
            throw new NanoDetException(ToolDiagnostics.OtherClasses(path, isReplaced: isHeld));
        }
    }
}
