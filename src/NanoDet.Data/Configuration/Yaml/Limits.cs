namespace NanoDet.Data.Configuration.Yaml;

/// <summary>Which numbers a key can have.</summary>
/// <param name="Least">The smallest one.</param>
/// <param name="Most">The largest one.</param>
internal readonly record struct Limits(double Least, double Most)
{
    /// <summary>Whether the number must be larger than <see cref="Least"/>.</summary>
    public bool IsAbove { get; init; }

    /// <summary>Whether the number must be smaller than <see cref="Most"/>.</summary>
    public bool IsBelow { get; init; }

    /// <summary>Whether the number must be odd.</summary>
    public bool IsOdd { get; init; }

    /// <summary>Any number from <paramref name="least"/> on.</summary>
    public static Limits AtLeast(double least) => new(least, double.PositiveInfinity);

    /// <summary>Whether a key can have the number.</summary>
    public bool Allow(double value)
        => (IsAbove ? value > Least : value >= Least) && (IsBelow ? value < Most : value <= Most) && (!IsOdd || value % 2 != 0);

    /// <summary>The limits after the words <c>a number</c>.</summary>
    public override string ToString() => (IsAbove, IsBelow) switch
    {
        (false, false) when double.IsPositiveInfinity(Most) => FormattableString.Invariant($"of at least {Least}"),
        (false, false) => FormattableString.Invariant($"from {Least} to {Most}"),
        (false, true) => FormattableString.Invariant($"from {Least} to below {Most}"),
        (true, false) => FormattableString.Invariant($"above {Least} and up to {Most}"),
        (true, true) => FormattableString.Invariant($"above {Least} and below {Most}"),
    };
}
