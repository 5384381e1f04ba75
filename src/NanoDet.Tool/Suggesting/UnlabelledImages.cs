using NanoDet.Core.Diagnostics;
using NanoDet.Data.Discovery;
using NanoDet.Data.Labels;
using NanoDet.Tool.Inputs;
using NanoDet.Tool.Labels;

namespace NanoDet.Tool.Suggesting;

/// <summary>The images of a folder that nobody has labelled.</summary>
internal sealed class UnlabelledImages
{
    private readonly LabelPlace _place;

    /// <summary>Finds them, as a build finds images and their labels.</summary>
    /// <param name="folder">A project, a data set, or a folder of images.</param>
    /// <param name="problem">Takes what is wrong with labels.</param>
    /// <exception cref="NanoDetException">The labels cannot be read at all.</exception>
    public UnlabelledImages(string folder, Action<Diagnostic> problem)
    {
        _place = LabelPlace.Of(folder, images: null);
        var images = _place.Found.Labels.IsEmpty
            ? InputList.Expand([folder], TextReader.Null, problem).Where(input => input.Video is null)
            : new LabelSetReader(folder, images: null, classes: null, problem).Read().Unlabelled
                .Select(stored => new Input(Path.Combine(folder, stored.Replace('/', Path.DirectorySeparatorChar)), _place.NameOf(stored), Video: null));

        // Labels may be in a folder beside that of the images, as those that the tool writes.
        All = [.. images.Where(image => !LabelPlace.IsLabelled(image.Name)).OrderBy(image => image.Name, StringComparer.Ordinal)];
    }

    /// <summary>The images, sorted by name.</summary>
    public List<Input> All { get; }

    /// <summary>Whether the labels of the others are YOLO text whose numbers count these classes, so that labels like them can go beside them.</summary>
    /// <param name="classes">The classes in label order.</param>
    public bool AreOthersYolo(IEnumerable<string> classes)
        => _place.Found.ClassFile is { } list
            && _place.Found.Labels.All(labels => labels.Form == LabelFormat.Yolo)
            && ClassSource.NamesIn(_place.Full(list)) is { } names && names.SequenceEqual(classes);
}
