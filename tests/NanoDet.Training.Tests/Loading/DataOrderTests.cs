using CsCheck;
using NanoDet.Data.Datasets;
using NanoDet.Training.Loading;

namespace NanoDet.Training.Tests.Loading;

public sealed class DataOrderTests
{
    private static readonly double[] Weights = [1, 1, 2.5, 0.3];

    private static readonly Gen<DatasetImage[]> Images = Gen.Int[0, 1 << 20].ArrayUnique[1, 40].Select(hashes => hashes
        .Select(hash => new DatasetImage($"{hash}.jpg", $"{hash:x64}", 10, 10, DatasetPart.Train, []) { Weight = Weights[hash % Weights.Length] }).ToArray());

    [Fact]
    public void The_order_hangs_on_contents_and_not_on_the_listing()
        => Gen.Select(Images, Gen.Int[0, 99], Gen.Int[0, 99]).Sample((images, seed, epoch)
            => Assert.Equal(DataOrder.Of(images, seed, epoch), DataOrder.Of([.. images.Reverse()], seed, epoch)));

    [Fact]
    public void An_image_of_weight_one_is_seen_once_and_of_any_weight_a_whole_number_next_to_it()
        => Gen.Select(Images, Gen.Int[0, 99]).Sample((images, epoch) =>
        {
            var whole = images.Select(image => image with { Weight = 1 }).ToArray();
            Assert.Equal(whole.OrderBy(image => image.Path, StringComparer.Ordinal), DataOrder.Of(whole, 1, epoch).Select(visit => visit.Image).OrderBy(image => image.Path, StringComparer.Ordinal));

            var visits = DataOrder.Of(images, 1, epoch);
            Assert.Equal(DataOrder.Length(images), visits.Length);
            var stretch = visits.Length / images.Sum(image => image.Weight);
            Assert.All(images, image => Assert.InRange(
                visits.Count(visit => visit.Image == image), Math.Floor(image.Weight * stretch), Math.Ceiling(image.Weight * stretch)));
        });

    [Fact]
    public void Repetitions_are_augmented_on_their_own()
    {
        var image = new DatasetImage("a.jpg", "a", 10, 10, DatasetPart.Train, []) { Weight = 3 };

        var visits = DataOrder.Of([image], 1, 5);

        Assert.Equal(3, visits.Select(visit => visit.AugmentationIndex(5)).Distinct().Count());
        Assert.Contains(visits, visit => visit.AugmentationIndex(5) == 5);
    }

    [Fact]
    public void Epochs_and_seeds_have_different_orders()
    {
        var images = Enumerable.Range(0, 20).Select(i => new DatasetImage($"{i}.jpg", $"{i}", 10, 10, DatasetPart.Train, [])).ToArray();

        Assert.NotEqual(DataOrder.Of(images, 1, 0), DataOrder.Of(images, 1, 1));
        Assert.NotEqual(DataOrder.Of(images, 1, 0), DataOrder.Of(images, 2, 0));
    }

    [Theory]
    [InlineData(292, 16, 18, 16)]
    [InlineData(60, 96, 1, 60)]
    [InlineData(16, 16, 1, 16)]
    public void What_is_left_over_is_dropped_but_an_epoch_always_has_a_step(int count, int batch, int steps, int inStep)
    {
        var images = Enumerable.Range(0, count).Select(i => new DatasetImage($"{i}.jpg", $"{i}", 10, 10, DatasetPart.Train, []));
        var plan = new BatchPlan([.. images], batch, 1);

        Assert.Equal(steps, plan.StepsPerEpoch);
        Assert.All(plan.Epoch(3), step => Assert.Equal(inStep, step.Length));
        Assert.Equal(steps, plan.Epoch(3).Count);
    }
}
