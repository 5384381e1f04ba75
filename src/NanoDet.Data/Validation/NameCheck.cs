using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Labels;
using NanoDet.Data.Pairing;

namespace NanoDet.Data.Validation;

/// <summary>Compares the name of the image in labels with that of the image that they are used for.</summary>
internal static class NameCheck
{
    /// <summary>Compares them without the extension: labelImg sometimes writes none, and converted images have another one.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="image">Path of the image.</param>
    /// <param name="location">The place of the labels.</param>
    /// <returns>NDB1023; null where the names are the same, or the labels have none.</returns>
    public static Diagnostic? Run(LabeledImage labels, string image, SourceLocation location)
    {
        if (labels.FileName.Length == 0)
        {
            return null;
        }

        var (name, own) = (PlainName.Of(labels.FileName), PlainName.Stem(PlainName.Of(image)));
        return IsOwn(name) || (PlainName.Decoded(name) is { } decoded && IsOwn(decoded)) ? null : LabelDiagnostics.FileNameMismatch(location, labels.FileName, image);

        bool IsOwn(string named) => StoredFolder.Same(PlainName.Stem(named), own) || StoredFolder.Same(named, own);
    }
}
