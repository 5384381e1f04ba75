using System.Globalization;

namespace NanoDet.Pipeline.Store;

/// <summary>Reads and writes sizes as people write them: <c>5GB</c>, <c>500 MB</c>, a plain number of bytes. A kilobyte has 1000.</summary>
public static class StoreSize
{
    private static readonly (string Name, double Bytes)[] Units = [("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("KB", 1e3), ("B", 1)];

    /// <summary>Parses a size; null if it is not one.</summary>
    public static long? Parse(string text)
    {
        var unit = Array.Find(Units, unit => text.TrimEnd().EndsWith(unit.Name, StringComparison.OrdinalIgnoreCase));
        var number = unit.Name is null ? text : text.TrimEnd()[..^unit.Name.Length];
        return double.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value)
            && value * Math.Max(unit.Bytes, 1) is var bytes and >= 0 and < long.MaxValue ? (long)bytes : null;
    }

    /// <summary>Formats a size with at most one decimal.</summary>
    public static string Format(long bytes)
    {
        var (name, size) = Array.Find(Units, unit => bytes >= unit.Bytes) is { Name: not null } unit ? unit : ("B", 1);
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / size:0.#} {name}");
    }
}
