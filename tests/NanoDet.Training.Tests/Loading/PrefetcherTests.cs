using System.Collections.Immutable;
using System.Security.Cryptography;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Testing;
using NanoDet.Training.Loading;
using NanoDet.Training.Tests.Loop;
using NanoDet.Vision.Augmentation;
using NanoDet.Vision.Images;

namespace NanoDet.Training.Tests.Loading;

public sealed class PrefetcherTests : IDisposable
{
    private const int Epochs = 3;

    private readonly TestFolder _folder = new("batches");
    private readonly ImmutableArray<DatasetImage> _images;

    public PrefetcherTests() => _images = [.. Enumerable.Range(0, 10).Select(Picture)];

    [Fact]
    public void Batches_are_the_same_and_in_the_same_order_on_any_number_of_threads()
    {
        var alone = Batches(ahead: 1);

        Assert.Equal(Epochs * 5 - 1, alone.Count);
        Assert.Equal(new TrainingPosition(0, 1), alone[0].Position);
        Assert.Equal(alone.Select(batch => batch.Position).Order(Comparer<TrainingPosition>.Create((x, y) => x.Step(5).CompareTo(y.Step(5)))), alone.Select(batch => batch.Position));
        Assert.InRange(alone.Select(batch => batch.Hash).Distinct().Count(), 10, alone.Count);
        Assert.Equal(alone, Batches(ahead: 2));
        Assert.Equal(alone, Batches(ahead: 16));
    }

    [Fact]
    public void What_is_wrong_with_a_picture_is_told_where_its_batch_is_due()
    {
        var steps = Steps().ToList();
        var spoiled = steps[6].Visits[0].Image;
        File.WriteAllText(_folder[spoiled.Path], "no picture");
        var due = steps.FindIndex(step => step.Visits.Any(visit => visit.Image == spoiled));
        using var prefetcher = new Prefetcher(steps, Assembler(), ahead: 8);
        for (var step = 0; step < due; step++)
        {
            prefetcher.Next()!.Dispose();
        }

        Assert.StartsWith("NDB12", Assert.Throws<NanoDetException>(prefetcher.Next).Diagnostic.Code, StringComparison.Ordinal);
    }

    [Fact]
    public void It_can_end_in_the_middle()
    {
        using (var prefetcher = new Prefetcher(Steps(), Assembler(), ahead: 4))
        {
            prefetcher.Next()!.Dispose();
        }

        foreach (var image in _images)
        {
            File.WriteAllText(_folder[image.Path], "no picture");
        }

        using var failing = new Prefetcher(Steps(), Assembler(), ahead: 4);
    }

    public void Dispose() => _folder.Dispose();

    private List<(TrainingPosition Position, string Hash)> Batches(int ahead)
    {
        using var prefetcher = new Prefetcher(Steps(), Assembler(), ahead);
        var found = new List<(TrainingPosition, string)>();
        while (prefetcher.Next() is { } batch)
        {
            using (batch)
            {
                found.Add((batch.Position, Convert.ToHexStringLower(SHA256.HashData(batch.Input.bytes))));
            }
        }

        return found;
    }

    // The second step of the first epoch is where an interrupted training might go on.
    private IEnumerable<BatchStep> Steps() => new BatchPlan(_images, 2, 1).From(new(0, 1), Epochs);

    private BatchAssembler Assembler() => new(_folder.FullPath, new OnlineAugmentation(SmallTraining.Configuration(Epochs).Train, 1), new DecodedImageCache(0));

    private DatasetImage Picture(int number)
    {
        var bytes = TinyPng.Bytes(number);
        File.WriteAllBytes(_folder[$"{number}.png"], bytes);
        return new($"{number}.png", ContentHash.Of(bytes).ToString(), 64, 48, DatasetPart.Train, []);
    }
}
