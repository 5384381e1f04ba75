using Microsoft.ML.OnnxRuntime;
using NanoDet.Core.Models;
using NanoDet.Detection.Onnx;
using NanoDet.Testing;

namespace NanoDet.Detection.Tests.Onnx;

public sealed class OnnxModelFileTests
{
    [Fact]
    public void Weights_are_taken_off_the_list_of_inputs_and_nothing_else_changes()
    {
        var plain = new TinyModel(64, 64, ["cell"]) { Places = { (1, 0, 0.7f) } };
        var listed = new TinyModel(64, 64, ["cell"]) { Places = { (1, 0, 0.7f) }, WeightsAreInputs = true };

        var (prepared, properties) = OnnxModelFile.Prepare(listed.ToBytes(), "model.onnx");

        Assert.Equal(plain.ToBytes(), prepared);
        Assert.Equal(ModelMetadataProperties.Write(plain.Metadata), properties);
        using var session = new InferenceSession(prepared);
        Assert.Equal(["data"], session.InputMetadata.Keys);
        Assert.Empty(session.OverridableInitializerMetadata);
    }

    [Fact]
    public void A_model_without_such_inputs_is_not_copied()
    {
        var bytes = new TinyModel(64, 64, ["cell"]).ToBytes();

        Assert.Same(bytes, OnnxModelFile.Prepare(bytes, "model.onnx").Model);
    }

    [Fact]
    public void The_official_export_keeps_one_input()
    {
        using var session = new InferenceSession(OnnxModelFile.Prepare(File.ReadAllBytes(SharedData.Path("models/nanodet-plus-m_416.onnx")), "model.onnx").Model);

        Assert.Equal(["data"], session.InputMetadata.Keys);
        Assert.Empty(session.OverridableInitializerMetadata);
    }
}
