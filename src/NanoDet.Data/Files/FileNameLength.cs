using System.Text;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Data.Files;

/// <summary>How long the name of a file or folder may be: 255 bytes in UTF-8 on Linux, no fewer elsewhere. 85 Chinese characters fill them.</summary>
public static class FileNameLength
{
    /// <summary>Bytes in UTF-8 of the longest name.</summary>
    public const int Most = 255;

    private const int HashDigits = 16;

    /// <summary>
    /// The name where it is short enough; otherwise its beginning and, after a tilde, the beginning of its SHA-256: always the
    /// same, and another for another name.
    /// </summary>
    /// <param name="name">The name, without a folder.</param>
    /// <param name="most">Bytes in UTF-8 that it may have, at least 32.</param>
    public static string Cut(string name, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 32);
        var bytes = Encoding.UTF8.GetBytes(name);
        if (bytes.Length <= most)
        {
            return name;
        }

        var end = most - HashDigits - 1;
        while ((bytes[end] & 0xC0) == 0x80)
        {
            end--; // not into the middle of a character
        }

        return $"{Encoding.UTF8.GetString(bytes, 0, end)}~{ContentHash.Of(bytes).ToString()[..HashDigits]}";
    }
}
