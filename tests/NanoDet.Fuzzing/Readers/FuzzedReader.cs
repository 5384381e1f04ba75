using NanoDet.Core.Diagnostics;













namespace NanoDet.Fuzzing.Readers;

/// <summary>A reader of something from outside.</summary>
/// <param name="Name">What it reads.</param>
/// <param name="Samples">Good inputs, made by code of ours.</param>
/// <param name="Read">Reads an input; whatever else than a <see cref="NanoDetException"/> comes out is a fault.</param>
internal sealed record FuzzedReader(string Name, IReadOnlyList<byte[]> Samples, Action<byte[]> Read)
{
    /// <summary>Pieces that mean something to it.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    /// <summary>A part of the usual number of inputs, for a reader that takes long for one.</summary>
    public int Share { get; init; } = 1;
}
