using System.Collections.Immutable;
using NanoDet.Core.Geometry;
using NanoDet.Data.Datasets;
using NanoDet.Vision.Randomness;

namespace NanoDet.Benchmarks;

/// <summary>
/// A data set with errors in its labels that are known: one object in twenty has another class, one has no label, and the box of one is
/// shifted by half of its size (right or left, up or down, or both). An object has one error at most.
/// </summary>
/// <param name="Dataset">The data set with the errors.</param>
/// <param name="Errors">The errors.</param>
internal sealed record PlantedErrors(Dataset Dataset, ImmutableArray<PlantedError> Errors)
{
    private const double Share = 0.05;

    /// <summary>Plants errors.</summary>
    /// <param name="dataset">The data set, taken as right.</param>
    /// <param name="seed">Another one gives other errors.</param>
    public static PlantedErrors Plant(Dataset dataset, long seed)
    {
        var errors = ImmutableArray.CreateBuilder<PlantedError>();
        return new(dataset with { Images = [.. dataset.Images.Select((image, index) => image with { Objects = Objects(image, index) })] }, errors.ToImmutable());

        ImmutableArray<DatasetObject> Objects(DatasetImage image, int index)
        {
            var random = new KeyedRandom("planted-errors", seed, image.ContentHash, 0);
            var objects = new List<DatasetObject>();
            foreach (var item in image.Objects)
            {
                var kind = (PlantedKind)(int)(random.NextDouble() / Share);
                var planted = kind switch
                {
                    PlantedKind.OtherClass => item with { Label = (item.Label + 1 + random.NextInt32(dataset.Classes.Length - 1)) % dataset.Classes.Length },
                    PlantedKind.Shifted => item with { Box = Shift(item.Box, image, random) },
                    _ => item,
                };
                if (kind <= PlantedKind.Shifted)
                {
                    errors.Add(new(kind, index, item, planted));
                }

                if (kind != PlantedKind.LeftOut)
                {
                    objects.Add(planted);
                }
            }

            objects.Sort(DatasetOrder.OfObjects);
            return [.. objects];
        }
    }

    private static BoundingBox Shift(BoundingBox box, DatasetImage image, KeyedRandom random)
    {
        var direction = random.NextInt32(3);
        var x = direction == 1 ? 0 : Step(box.Left, box.Right, image.Width, random);
        var y = direction == 0 ? 0 : Step(box.Top, box.Bottom, image.Height, random);
        return new BoundingBox(box.Left + x, box.Top + y, box.Right + x, box.Bottom + y).Clip(image.Width, image.Height);
    }

    // Half of the size, to either side; not out of the image, where the other side is inside.
    private static double Step(double low, double high, int end, KeyedRandom random)
    {
        var step = (high - low) / 2 * (random.NextChance(0.5) ? 1 : -1);
        return low + step < 0 || high + step > end ? -step : step;
    }
}
