using NanoDet.Core.Diagnostics;
using NanoDet.Data.Labels;
using NanoDet.Tool.Inputs;
using NanoDet.Tool.Labels;

namespace NanoDet.Tool.Suggesting;

/// <summary>The images of a folder that nobody has labelled.</summary>
internal static class UnlabelledImages
{
    /// <summary>Finds them, as a build finds images and their labels.</summary>
    /// <param name="folder">A project, a data set, or a folder of images.</param>
    /// <param name="problem">Takes what is wrong with labels.</param>
    /// <returns>The images, sorted by name.</returns>
    /// <exception cref="NanoDetException">The labels cannot be read at all.</exception>
    public static List<Input> In(string folder, Action<Diagnostic> problem)
    {
        var place = LabelPlace.Of(folder, images: null);
        var images = place.Found.Labels.IsEmpty
            ? InputList.Expand([folder], TextReader.Null, problem).Where(input => input.Video is null)
            : new LabelSetReader(folder, images: null, classes: null, problem).Read().Unlabelled
                .Select(stored => new Input(Path.Combine(folder, stored.Replace('/', Path.DirectorySeparatorChar)), place.NameOf(stored), Video: null));

        // Labels may be in a folder beside that of the images, as those that the tool writes.
        return [.. images.Where(image => !IsLabelled(image.Name)).OrderBy(image => image.Name, StringComparer.Ordinal)];
    }

    private static bool IsLabelled(string image)
        => File.Exists(Path.ChangeExtension(LabelPlace.Beside(image, LabelFormat.Voc), ".xml"))
        || File.Exists(Path.ChangeExtension(LabelPlace.Beside(image, LabelFormat.Yolo), ".txt"));
}
