using System.Collections.Immutable;
using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Labels;
using NanoDet.Tool.Diagnostics;

namespace NanoDet.Tool.Labels;

/// <summary>The list <c>classes.txt</c> beside YOLO's labels, without which their numbers mean nothing.</summary>
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

        var path = Path.Combine(folder, "classes.txt");
        if (File.Exists(path) && !overwrite)
        {
            if (!ClassList.FromFile(path).Names.SequenceEqual(classes))
            {
                throw new NanoDetException(ToolDiagnostics.OtherClasses(path, isReplaced: true));
            }

            return;
        }

        AtomicFile.WriteIfDifferent(path, Encoding.UTF8.GetBytes(string.Join('\n', classes) + "\n"));
    }
}
