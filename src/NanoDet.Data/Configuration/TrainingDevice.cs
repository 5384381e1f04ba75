namespace NanoDet.Data.Configuration;

/// <summary>The device of a training (<c>NanoDetDevice</c>).</summary>
public enum TrainingDevice
{
    /// <summary>The CPU; needs only the restored packages.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU; needs the CUDA package of TorchSharp, which the user adds.</summary>
    Cuda,
}
