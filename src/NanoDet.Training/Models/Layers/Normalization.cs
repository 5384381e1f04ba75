namespace NanoDet.Training.Models.Layers;

/// <summary>What normalises the output of a convolution.</summary>
public enum Normalization
{
    /// <summary>Nothing; the convolution has a bias.</summary>
    None,

    /// <summary>Batch normalisation.</summary>
    Batch,

    /// <summary>Group normalisation with 32 groups.</summary>
    Group,
}
