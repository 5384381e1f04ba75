namespace NanoDet.Training.Conversion;

/// <summary>The forms of weights that are written.</summary>
public enum WeightFormat
{
    /// <summary>safetensors, as a build writes it.</summary>
    Safetensors,

    /// <summary>A PyTorch file in its zip form, for the original.</summary>
    Torch,

    /// <summary>An ONNX model.</summary>
    Onnx,

    /// <summary>A model for ncnn, in two files.</summary>
    Ncnn,
}
