using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Core.Images;

namespace NanoDet.Tool.Inputs;

/// <summary>Pictures that end too early, and are decoded with a grey part.</summary>
internal static class CutPicture
{
    /// <summary>Warns about a JPEG that was decoded although it ends too early.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">Takes NDB1207.</param>
    public static void Tell(string path, Action<Diagnostic> problem)
    {
        try
        {
            using var file = RegularFile.OpenRead(path);
            if (file.ReadByte() == 0xFF && file.ReadByte() == 0xD8 && JpegEnd.IsMissing(file))
            {
                problem(ImageDiagnostics.EndsEarly(path));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // It was read before, and is gone now.
        }
    }
}
