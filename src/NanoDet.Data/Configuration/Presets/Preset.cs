using System.Collections.Immutable;

namespace NanoDet.Data.Configuration.Presets;

/// <summary>
/// Configurations by name, so that most people need no yml. Names follow NanoDet's: model, width, then the side of the
/// input. The Plus presets of width 0.5x are ours, for quick builds: half of everything, and a third of the epochs.
/// </summary>
public static class Preset
{
    /// <summary>The default preset.</summary>
    public const string Default = "nanodet-plus-m_320";

    private static readonly NanoDetPreset NanoDetM = new("1.0x", 96, 320, new(0.6, 1.4));

    private static readonly ImmutableSortedDictionary<string, Func<ImmutableArray<string>, NanoDetConfiguration>> All
        = new Dictionary<string, Func<ImmutableArray<string>, NanoDetConfiguration>>
        {
            ["nanodet-plus-m_320"] = new NanoDetPlusPreset("1.0x", 96, 320, 300).Create,
            ["nanodet-plus-m_416"] = new NanoDetPlusPreset("1.0x", 96, 416, 300).Create,
            ["nanodet-plus-m-1.5x_320"] = new NanoDetPlusPreset("1.5x", 128, 320, 300).Create,
            ["nanodet-plus-m-1.5x_416"] = new NanoDetPlusPreset("1.5x", 128, 416, 300).Create,
            ["nanodet-plus-m-0.5x_160"] = HalfWidth(160).Create,
            ["nanodet-plus-m-0.5x_224"] = HalfWidth(224).Create,
            ["nanodet-plus-m-0.5x_320"] = HalfWidth(320).Create,
            ["nanodet-m"] = NanoDetM.Create,
            ["nanodet-m-416"] = (NanoDetM with { Side = 416, Scale = new(0.5, 1.4) }).Create,
            ["nanodet-m-0.5x"] = (NanoDetM with
            {
                ModelSize = "0.5x",
                Scale = new(0.5, 1.5),
                BatchSize = 96,
                LearningRate = 0.07,
                Warmup = new(WarmupKind.Linear, 1000, 0.00001),
                Epochs = 180,
                Milestones = [130, 160, 175],
                LogInterval = 50,
            }).Create,
            ["nanodet-m-1.5x"] = (NanoDetM with { ModelSize = "1.5x", Channels = 128 }).Create,
            ["nanodet-m-1.5x-416"] = (NanoDetM with
            {
                ModelSize = "1.5x",
                Channels = 128,
                Side = 416,
                Scale = new(0.5, 1.4),
                BatchSize = 176,
            }).Create,
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>All names, in ordinal order.</summary>
    public static ImmutableArray<string> Names { get; } = [.. All.Keys];

    /// <summary>Returns a preset for a large data set such as COCO; <see cref="SmallData"/> adapts it to others.</summary>
    /// <param name="name">One of <see cref="Names"/>; case is ignored.</param>
    /// <param name="classNames">The classes in label order.</param>
    /// <returns>Null if there is no such preset.</returns>
    public static NanoDetConfiguration? Create(string name, ImmutableArray<string> classNames)
        => Names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found ? All[found](classNames) : null;

    private static NanoDetPlusPreset HalfWidth(int side) => new("0.5x", 48, side, 100) { GuidanceConvolutions = 2 };
}
