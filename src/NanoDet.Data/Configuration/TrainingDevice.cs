namespace NanoDet.Data.Configuration;

/// <summary>The device of a training (<c>NanoDetDevice</c>).</summary>
public enum TrainingDevice
{
    /// <summary>The CPU; needs only the restored packages.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU; needs libtorch with CUDA, which a build restores.</summary>
    Cuda,
}
