using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Detection.Diagnostics;

namespace NanoDet.Detection.Models;

/// <summary>Reads a text file with one class name per line, in the order of the model's columns.</summary>
internal static class ClassFile
{
    private const long MaximumLength = 1 << 20;

    /// <summary>Reads the names; blank lines at the end are ignored.</summary>
    /// <exception cref="NanoDetException">NDB6008.</exception>
    public static ImmutableArray<string> Read(string path)
    {
        var names = Lines(path).Select(line => line.Trim()).ToList();
        while (names.Count > 0 && names[^1].Length == 0)
        {
            names.RemoveAt(names.Count - 1);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Length == 0)
            {
                throw new NanoDetException(DetectionDiagnostics.BadClasses(path, "the line is empty", i + 1));
            }

            if (PrintedText.FirstUnprintable(names[i]) is { } character)
            {
                throw new NanoDetException(DetectionDiagnostics.BadClasses(
                    path, string.Create(CultureInfo.InvariantCulture, $"'{names[i]}' has the character U+{(int)character:X4}, which cannot be printed"), i + 1));
            }

            if (!seen.Add(names[i]))
            {
                throw new NanoDetException(DetectionDiagnostics.BadClasses(path, $"'{names[i]}' is listed twice", i + 1));
            }
        }

        return names.Count > 0 ? [.. names] : throw new NanoDetException(DetectionDiagnostics.BadClasses(path, "the file is empty"));
    }

    private static string[] Lines(string path)
    {
        try
        {
            using var text = new StringReader(RegularFile.ReadAllText(
                path, MaximumLength, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)));
            var lines = new List<string>();
            while (text.ReadLine() is { } line)
            {
                lines.Add(line);
            }

            return [.. lines];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new NanoDetException(DetectionDiagnostics.BadClasses(path, exception.Message), exception);
        }
    }
}
