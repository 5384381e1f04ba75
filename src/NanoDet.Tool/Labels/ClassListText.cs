using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NanoDet.Data.Discovery;

namespace NanoDet.Tool.Labels;

/// <summary>The content of files that list classes.</summary>
internal static class ClassListText
{
    /// <summary>A list with one name on each line.</summary>
    public static byte[] Lines(IEnumerable<string> classes) => Bytes(classes);

    /// <summary>Whether such a list is read as the same names: a line like <c># nut</c> looks like a comment, and lines with numbers like a numbered list.</summary>
    public static bool Holds(ImmutableArray<string> classes)
    {
        var list = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(list, Lines(classes));
            return ClassSource.NamesIn(list) is { } names && names.SequenceEqual(classes);
        }
        finally
        {
            File.Delete(list);
        }
    }

    /// <summary>A <c>data.yaml</c>, which holds any name in quotes.</summary>
    /// <param name="parts">The lines about the parts.</param>
    /// <param name="classes">The classes in label order.</param>
    public static byte[] Yaml(IEnumerable<string> parts, IEnumerable<string> classes) => Bytes([
        .. parts,
        "names:",
        .. classes.Select((name, number) => string.Create(CultureInfo.InvariantCulture, $"  {number}: '{name.Replace("'", "''", StringComparison.Ordinal)}'")),
    ]);

    private static byte[] Bytes(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
}
