namespace NanoDet.SmallBoards.Programs;

/// <summary>A system that programs are made for.</summary>
/// <param name="RuntimeIdentifier">Its name in .NET.</param>
internal sealed record Target(string RuntimeIdentifier)
{
    /// <summary>This machine.</summary>
    public static Target Host { get; } = new("linux-x64");

    /// <summary>The board.</summary>
    public static Target Board { get; } = new("linux-arm64");

    /// <inheritdoc />
    public override string ToString() => RuntimeIdentifier;
}
