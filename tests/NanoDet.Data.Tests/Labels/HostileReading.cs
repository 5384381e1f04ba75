using NanoDet.Data.Labels;

namespace NanoDet.Data.Tests.Labels;

/// <summary>How readers of labels are tried with files that nobody vouches for.</summary>
internal static class HostileReading
{
    /// <summary>Bytes that a reader may need for itself, whatever the file holds: parsers, exceptions and their stack traces.</summary>
    public const long OwnBytes = 1 << 20;

    /// <summary>The project's classes, for formats that only number them.</summary>
    public static ClassList Classes { get; } = ClassList.FromNames(["cat", "dog"]);
}
