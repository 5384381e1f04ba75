using Microsoft.ML.OnnxRuntime;
using NanoDet.Detection.Inference;
using NanoDet.Imaging;
using NanoDet.Imaging.Colors;
using NanoDet.Imaging.Warping;
using ModelMetadata = NanoDet.Core.Models.ModelMetadata;

namespace NanoDet.Worker.Export;

/// <summary>The pictures of a calibration or comparison, as detection would give them to the network.</summary>
/// <param name="Metadata">The metadata of the model.</param>
/// <param name="Pictures">The pictures, decoded anew for each pass.</param>
/// <param name="Threads">Threads of ONNX Runtime; 0 for one per core.</param>
internal sealed record CalibrationInputs(ModelMetadata Metadata, IEnumerable<PixelImage> Pictures, int Threads)
{
    /// <summary>The settings of a session.</summary>
    public SessionOptions Settings()
    {
        RuntimeTelemetry.Disable();
        var settings = new SessionOptions { IntraOpNumThreads = Threads, InterOpNumThreads = 1 };
        settings.AddSessionConfigEntry("session.x64quantprecision", "1"); // As in detection.
        return settings;
    }

    /// <summary>The inputs, [1, 3, height, width]; each is valid until the next.</summary>
    public IEnumerable<OrtValue> Read()
    {
        var input = new float[TensorWarp.LengthOf(new(Metadata.InputWidth, Metadata.InputHeight))];
        using var value = OrtValue.CreateTensorValueFromMemory(input, [1, 3, Metadata.InputHeight, Metadata.InputWidth]);
        var normalization = new Normalization(Metadata.Mean, Metadata.Std);
        foreach (var picture in Pictures)
        {
            ImageInput.Write(picture, ImageView.Whole, Metadata, normalization, input);
            yield return value;
        }
    }
}
