namespace NanoDet.Data.Configuration;

/// <summary>What a training computes on (<c>NanoDetDevice</c>).</summary>
public enum TrainingDevice
{
    /// <summary>The processor; needs nothing but the packages that restore brings.</summary>
    Cpu,

    /// <summary>An NVIDIA graphics processor; needs the CUDA package of TorchSharp, which the user adds.</summary>
    Cuda,
}
