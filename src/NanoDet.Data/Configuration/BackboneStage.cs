namespace NanoDet.Data.Configuration;

/// <summary>The feature maps of one stage of a backbone.</summary>
/// <param name="Channels">Their channels.</param>
/// <param name="Stride">Pixels of the input that one of their pixels stands for, in either direction.</param>
public readonly record struct BackboneStage(int Channels, int Stride)
{
    /// <summary>The image that goes in.</summary>
    public static BackboneStage Image { get; } = new(3, 1);
}
