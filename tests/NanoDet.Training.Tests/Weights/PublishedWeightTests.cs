using System.Text.Json;
using NanoDet.Testing;
using NanoDet.Training.Weights;

namespace NanoDet.Training.Tests.Weights;

public sealed class PublishedWeightTests
{
    [Theory]
    [InlineData("nanodet-plus-m_416.pth")]
    [InlineData("nanodet_m.pth")]
    public void Tensors_of_a_published_file_are_those_that_PyTorch_reads(string file)
    {
        var tensors = WeightFile.Read(SharedData.Path($"models/{file}")).Tensors;
        using var golden = JsonDocument.Parse(File.ReadAllBytes(SharedData.Path($"golden/{file}.json")));

        Assert.Equal(golden.RootElement.EnumerateObject().Select(entry => entry.Name), tensors.Keys);
        foreach (var entry in golden.RootElement.EnumerateObject())
        {
            var tensor = tensors[entry.Name];
            var values = tensor.ToSingles();
            Assert.Equal(entry.Value.GetProperty("dtype").GetString(), tensor.Type.ToString().ToLowerInvariant());
            Assert.Equal(entry.Value.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt64()), tensor.Shape);
            Assert.Equal(entry.Value.GetProperty("first").EnumerateArray().Select(value => value.GetSingle()), values.Take(4));
            Assert.Equal(entry.Value.GetProperty("sum").GetDouble(), values.Sum(value => (double)value), 1e-6 * values.Sum(value => Math.Abs((double)value)));
        }
    }

    [Fact]
    public void The_old_pickle_form_has_the_tensors_of_the_zip_form()
    {
        var legacy = WeightFile.Read(SharedData.Path("models/nanodet_m.legacy-pickle.ckpt")).Tensors;
        var published = WeightFile.Read(SharedData.Path("models/nanodet_m.pth")).Tensors;

        Assert.All(published, entry => Assert.Equal(entry.Value.Shape, legacy[entry.Key].Shape));
        Assert.Equal(published.Count, legacy.Count);
        Assert.All(legacy.Values, tensor => Assert.All(tensor.ToSingles(), value => Assert.True(float.IsFinite(value))));
    }
}
