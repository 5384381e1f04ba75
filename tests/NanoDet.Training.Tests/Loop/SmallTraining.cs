using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Data.Configuration.Presets;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Imaging;
using NanoDet.Training.Loop;
using NanoDet.Vision.Randomness;

namespace NanoDet.Training.Tests.Loop;

/// <summary>A network and a data set that are trained in a second: bright squares on noise.</summary>
internal static class SmallTraining
{
    public const int Side = 64;

    /// <summary>Draws the pictures into a folder.</summary>
    public static Dataset Draw(string folder, int training = 6, int validation = 2)
        => new(["red", "green"], [.. Enumerable.Range(0, training + validation).Select(i => Draw(folder, i, i < training ? DatasetPart.Train : DatasetPart.Validation))]);

    public static TrainingRun Run(string images, string output, Dataset dataset, int epochs = 3) => new()
    {
        Configuration = Configuration(epochs),
        Dataset = dataset,
        ImageFolder = images,
        OutputFolder = output,
        Threads = 1, // One, because two tests run at once.
        CheckpointSpacing = 0, // Each epoch ends with one, however long the disk takes.
    };

    public static NanoDetConfiguration Configuration(int epochs)
    {
        var preset = Preset.Create("nanodet-plus-m-0.5x_160", ["red", "green"])!;
        return preset with
        {
            Model = preset.Model with
            {
                Neck = new GhostPanConfiguration { InChannels = [48, 96, 192], OutChannels = 32, NumExtraLevel = 1, UseDepthwise = true, Activation = Activation.LeakyReLU },
                Head = preset.Model.Head with { InputChannel = 32, FeatChannels = 32 },
                AuxiliaryHead = preset.Model.AuxiliaryHead! with { InputChannel = 64, FeatChannels = 64, StackedConvs = 1 },
                DetachEpoch = 1,
            },
            Train = preset.Train with { Width = Side, Height = Side },
            Validation = preset.Validation with { Width = Side, Height = Side },
            BatchSize = 2,
            LogInterval = 1,
            Seed = 7,
            Schedule = preset.Schedule with
            {
                Warmup = new(WarmupKind.Linear, 3, 0.01),
                LearningRate = new CosineAnnealingConfiguration(epochs, 1e-4),
                TotalEpochs = epochs,
                ValidationInterval = 2,
            },
        };
    }

    /// <summary>The same with a network that has no guidance module.</summary>
    public static NanoDetConfiguration Legacy(int epochs)
        => Configuration(epochs) with { Model = Preset.Create("nanodet-m-0.5x", ["red", "green"])!.Model };

    /// <summary>The legacy network with another backbone.</summary>
    public static NanoDetConfiguration With(BackboneConfiguration backbone, int epochs)
    {
        var legacy = Legacy(epochs);
        return legacy with
        {
            Model = legacy.Model with
            {
                Backbone = backbone,
                Neck = legacy.Model.Neck with { InChannels = [.. backbone.OutStages.Select(stage => backbone.StageOf(stage)!.Value.Channels)] },
            },
        };
    }

    /// <summary>The legacy network with attention in its neck, whose position embedding is for the size of these pictures.</summary>
    public static NanoDetConfiguration WithAttention(int epochs)
    {
        var legacy = Legacy(epochs);
        return legacy with
        {
            Model = legacy.Model with
            {
                Neck = new TanConfiguration
                {
                    InChannels = legacy.Model.Neck.InChannels,
                    OutChannels = legacy.Model.Neck.OutChannels,
                    FeatureSize = [Side / 16, Side / 16],
                    Activation = Activation.LeakyReLU,
                },
            },
        };
    }

    private static DatasetImage Draw(string folder, int index, DatasetPart part)
    {
        var random = new KeyedRandom("small-training", index, "", 0);
        var picture = new PixelImage(Side, Side);
        foreach (ref var value in picture.Bytes)
        {
            value = (byte)random.NextInt32(80);
        }

        var objects = ImmutableArray.CreateBuilder<DatasetObject>();
        for (var label = 0; label < 2; label++)
        {
            var (x, y, side) = (random.NextInt32(Side - 30), random.NextInt32(Side - 30), 16 + random.NextInt32(14));
            for (var row = y; row < y + side; row++)
            {
                picture.Row(row).Slice(x, side).Fill(label == 0 ? 0xFFFF0000 : 0xFF00FF00);
            }

            objects.Add(new DatasetObject(label, new(x, y, x + side, y + side)));
        }

        var bytes = ImageEncoder.EncodePng(picture);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, $"{index}.png"), bytes);
        return new DatasetImage($"{index}.png", ContentHash.Of(bytes).ToString(), Side, Side, part, objects.ToImmutable());
    }
}
