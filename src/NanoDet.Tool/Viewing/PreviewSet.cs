using NanoDet.Data.Labels;
using NanoDet.Imaging;
using NanoDet.Vision.Preview;

namespace NanoDet.Tool.Viewing;

/// <summary>A set of pictures to show together.</summary>
/// <param name="Pictures">The pictures.</param>
/// <param name="Classes">The classes of their boxes.</param>
/// <param name="Input">The size of the network's input, for the statistics of box sizes.</param>
internal sealed record PreviewSet(IReadOnlyList<PreviewPicture> Pictures, ClassList Classes, PixelSize Input)
{
    /// <summary>Returns the set with only the boxes of some classes and the pictures that have one; the whole set if no class is given.</summary>
    public PreviewSet Of(HashSet<int>? labels) => labels is null ? this : this with
    {
        Pictures = [.. Pictures
            .Select(picture => picture with { Boxes = [.. picture.Boxes.Where(box => labels.Contains(box.Label))] })
            .Where(picture => picture.Boxes.Length > 0)],
    };
}
