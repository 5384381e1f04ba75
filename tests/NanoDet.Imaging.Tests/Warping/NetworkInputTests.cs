using System.Text.Json;
using NanoDet.Core.Models;
using NanoDet.Imaging.Colors;
using NanoDet.Imaging.Warping;
using NanoDet.Testing;

namespace NanoDet.Imaging.Tests.Warping;

public sealed class NetworkInputTests
{
    [Theory]
    [InlineData("nanodet-plus-m_416")]
    [InlineData("nanodet-m")]
    public void The_network_sees_what_the_original_sees(string model)
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(SharedData.Path($"golden/detections/{model}.json")));
        var tensors = new GoldenTensors(SharedData.Path($"golden/detections/{model}.safetensors"));
        var keepRatio = golden.RootElement.GetProperty("keepRatio").GetBoolean();
        foreach (var entry in golden.RootElement.GetProperty("images").EnumerateArray())
        {
            var name = entry.GetProperty("image").GetString()!;
            var shape = entry.GetProperty("inputShape").EnumerateArray().Select(side => side.GetInt32()).ToArray();
            var image = ImageDecoder.Load(SharedData.Path("media/" + name));
            var input = new PixelSize(model == "nanodet-m" ? 320 : 416, model == "nanodet-m" ? 320 : 416);
            var canvas = ResizePolicy.Canvas(image.Size, input, keepRatio);
            var matrix = ResizePolicy.Matrix(image.Size, canvas, keepRatio);
            var size = new PixelSize(shape[3], shape[2]);
            var tensor = new float[TensorWarp.LengthOf(size)];

            TensorWarp.Write(image, matrix, canvas, new Normalization(ModelMetadata.UsualMean, ModelMetadata.UsualStd), ColorJitter.None, tensor, size);

            var sampled = tensors[Path.GetFileNameWithoutExtension(name) + ".input.sampled8"];
            var sampledShape = tensors.Shape(Path.GetFileNameWithoutExtension(name) + ".input.sampled8");
            var index = 0;
            for (var c = 0; c < 3; c++)
            {
                for (var y = 0; y < sampledShape[1]; y++)
                {
                    for (var x = 0; x < sampledShape[2]; x++)
                    {
                        Assert.Equal(sampled[index++], tensor[(c * size.Width * size.Height) + (y * 8 * size.Width) + (x * 8)], 2e-6f);
                    }
                }
            }

            Assert.Equal(entry.GetProperty("inputMean").GetDouble(), tensor.Average(), 1e-5);
        }
    }
}
