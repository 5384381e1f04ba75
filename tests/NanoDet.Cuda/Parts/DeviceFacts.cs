namespace NanoDet.Cuda.Parts;

/// <summary>What was loaded, and on what it computes.</summary>
/// <param name="Sum">The result of <see cref="LoadedLibraries"/>' computation.</param>
/// <param name="Folder">The folder that libtorch was loaded from.</param>
/// <param name="Version">Its version.</param>
/// <param name="Name">The name of the card, or of the processor.</param>
/// <param name="FreeOnCard">Bytes that are free on the card before anything is trained; null without one.</param>
internal sealed record DeviceFacts(double Sum, string Folder, string Version, string Name, long? FreeOnCard)
{
    /// <summary>The version of the card's driver; null without a card.</summary>
    public string? Driver { get; init; }

    /// <summary>The version of CUDA; null without a card.</summary>
    public string? Cuda { get; init; }

    /// <summary>The version of cuDNN; null without a card.</summary>
    public string? CuDnn { get; init; }

    /// <summary>Whether the bars of speed are those of this card.</summary>
    public bool HasBarsOfSpeed => Driver is not null && (Name.Contains("H100", StringComparison.Ordinal) || Name.Contains("H200", StringComparison.Ordinal));
}
