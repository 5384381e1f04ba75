namespace NanoDet.Training.Models.Layers;

/// <summary>The normalisation after a convolution.</summary>
public enum Normalization
{
    /// <summary>None; the convolution has a bias.</summary>
    None,

    /// <summary>Batch normalisation.</summary>
    Batch,

    /// <summary>Group normalisation with 32 groups.</summary>
    Group,
}
