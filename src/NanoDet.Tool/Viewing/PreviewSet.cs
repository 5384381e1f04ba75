using NanoDet.Data.Labels;
using NanoDet.Imaging;
using NanoDet.Vision.Preview;

namespace NanoDet.Tool.Viewing;

/// <summary>Pictures that are to be looked at together.</summary>
/// <param name="Pictures">The pictures.</param>
/// <param name="Classes">The classes of their boxes.</param>
/// <param name="Input">The network's input, against which sizes of boxes are counted.</param>
internal sealed record PreviewSet(IReadOnlyList<PreviewPicture> Pictures, ClassList Classes, PixelSize Input)
{
    /// <summary>The set with boxes of some classes only, and with the pictures that have one; all of it where no class is asked for.</summary>
    public PreviewSet Of(HashSet<int>? labels) => labels is null ? this : this with
    {
        Pictures = [.. Pictures
            .Select(picture => picture with { Boxes = [.. picture.Boxes.Where(box => labels.Contains(box.Label))] })
            .Where(picture => picture.Boxes.Length > 0)],
    };
}
