namespace NanoDet.Data.Datasets;

/// <summary>The parts' names in files and item metadata.</summary>
public static class PartNames
{
    /// <summary>The name that our own files write: <c>train</c>, <c>val</c> or <c>test</c>.</summary>
    public static string Of(DatasetPart part) => part switch
    {
        DatasetPart.Train => "train",
        DatasetPart.Validation => "val",
        DatasetPart.Test => "test",
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    /// <summary>Returns the name of a part in sentences.</summary>
    public static string InWords(DatasetPart part) => part switch
    {
        DatasetPart.Train => "training",
        DatasetPart.Validation => "validation",
        _ => "test",
    };

    /// <summary>Parses the name of a part, ignoring case; accepts <c>valid</c>, <c>validation</c>, <c>training</c> and <c>testing</c> too.</summary>
    public static bool TryParse(string? name, out DatasetPart part)
    {
        (var known, part) = name?.Trim().ToUpperInvariant() switch
        {
            "TRAIN" or "TRAINING" => (true, DatasetPart.Train),
            "VAL" or "VALID" or "VALIDATION" => (true, DatasetPart.Validation),
            "TEST" or "TESTING" => (true, DatasetPart.Test),
            _ => (false, default),
        };
        return known;
    }

    /// <summary>Parses the name of a part, which must be valid.</summary>
    /// <exception cref="FormatException">It is not the name of a part.</exception>
    public static DatasetPart Parse(string? name) => TryParse(name, out var part) ? part : throw new FormatException($"'{name}' is not a part of a data set");
}
