using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Testing;
using NanoDet.Training.Loading;
using NanoDet.Training.Native;
using NanoDet.Training.Tests.Loop;
using NanoDet.Vision.Augmentation;
using NanoDet.Vision.Images;

namespace NanoDet.Training.Tests.Loading;

public sealed class BatchAssemblerTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Square pictures leave a third of this input empty; a position embedding is for all of it.</summary>
    [Fact]
    public void A_batch_whose_pictures_keep_their_aspect_ratio_is_filled_up_where_the_network_has_one_size()
    {
        LibTorch.Load();
        var images = SmallTraining.Draw(_folder["images"]).Of(DatasetPart.Train).ToImmutableArray();
        var attention = SmallTraining.WithAttention(epochs: 1);
        var input = attention.Train with { Width = 96, KeepRatio = true };

        Assert.Equal([2, 3, 64, 96], Shape(attention.Model.BatchSizeOf(input)));
        Assert.Equal([2, 3, 64, 64], Shape(SmallTraining.Legacy(epochs: 1).Model.BatchSizeOf(input)));

        long[] Shape(InputSize? size)
        {
            using var batch = new BatchAssembler(_folder["images"], new OnlineAugmentation(input, 1), new DecodedImageCache(0), inputSize: size)
                .Assemble(new BatchPlan(images, 2, 1).From(default, 1).First());
            return batch.Input.shape;
        }
    }
}
