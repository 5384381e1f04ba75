using System.Globalization;
using System.Text;
using NanoDet.Core.Geometry;
using NanoDet.Data.Files;

namespace NanoDet.Data.Labels.Yolo;

/// <summary>
/// Writes YOLO text with eight decimals, two more than usual, so that <see cref="YoloReader"/> reads every box exactly to a
/// hundredth of a pixel, however large the image.
/// </summary>
public static class YoloWriter
{
    /// <summary>Writes a file atomically.</summary>
    /// <inheritdoc cref="ToText" path="/param"/>
    /// <inheritdoc cref="ToText" path="/exception"/>
    public static void Write(string path, LabeledImage image, ClassList classes)
        => AtomicFile.Write(path, Encoding.UTF8.GetBytes(ToText(image, classes)));

    /// <summary>Returns the text of the file, with LF.</summary>
    /// <param name="image">The labels, with the image's size.</param>
    /// <param name="classes">The class file's names.</param>
    /// <exception cref="ArgumentException">The labels have no size, or a class that <paramref name="classes"/> lacks.</exception>
    public static string ToText(LabeledImage image, ClassList classes)
    {
        if (image is not { Width: { } width, Height: { } height })
        {
            throw new ArgumentException("YOLO text needs the size of the image", nameof(image));
        }

        var text = new StringBuilder();
        foreach (var labeled in image.Objects)
        {
            var label = classes.IndexOf(labeled.ClassName);
            if (label < 0)
            {
                throw new ArgumentException($"the class '{labeled.ClassName}' is not among the given ones", nameof(classes));
            }

            text.Append(CultureInfo.InvariantCulture, $"{label} {Numbers(labeled.Box, width, height)}\n");
        }

        return text.ToString();
    }

    /// <summary>The four numbers of a box: its centre, width and height as shares of the image.</summary>
    internal static string Numbers(BoundingBox box, int width, int height) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(box.Left + box.Right) / 2 / width:F8} {(box.Top + box.Bottom) / 2 / height:F8} {box.Width / width:F8} {box.Height / height:F8}");
}
