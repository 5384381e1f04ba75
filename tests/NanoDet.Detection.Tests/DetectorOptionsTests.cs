using System.Collections.Immutable;
using NanoDet.Core.Detections;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Models;

namespace NanoDet.Detection.Tests;

/// <summary>Options that no detector can have are refused by name when it is loaded.</summary>
public sealed class DetectorOptionsTests
{
    private static readonly TinyModel Model = new(64, 64, ["a"]);
    private static readonly ModelMetadata Metadata = Model.Metadata;

    private static readonly (string Option, DetectorOptions[] Refused)[] Rules =
    [
        ("Threads", [new() { Threads = -1 }, new() { Threads = 1025 }, new() { Threads = 100_000 }]),
        ("MaxConcurrency", [new() { MaxConcurrency = 0 }, new() { MaxConcurrency = -1 }]),
        ("MaxPixels", [new() { MaxPixels = 0 }, new() { MaxPixels = long.MaxValue }]),
        ("Batch", [new() { Batch = 0 }, new() { Batch = -3 }, new() { Batch = 1025 }]),
        ("DeviceId", [new() { DeviceId = -1 }]),
        ("ScoreThreshold", [new() { ScoreThreshold = double.NaN }, new() { ScoreThreshold = 5 }, new() { ScoreThreshold = -1 }]),
        ("IouThreshold", [new() { IouThreshold = double.NaN }, new() { IouThreshold = 2 }, new() { IouThreshold = -1 }]),
        ("Classes", [new() { Classes = [] }]),
        ("MaxDetections", [new() { MaxDetections = 0 }, new() { MaxDetections = -1 }]),
        ("Providers", [new() { Providers = null! }, new() { Providers = [] }]),
        ("Metadata.Classes", [With(Metadata with { Classes = default }), With(Metadata with { Classes = [] })]),
        ("Metadata.Strides", [With(Metadata with { Strides = default }), With(Metadata with { Strides = [] }), With(Metadata with { Strides = [8, 0] })]),
        ("Metadata.InputWidth", [With(Metadata with { InputWidth = 0 })]),
        ("Metadata.InputHeight", [With(Metadata with { InputHeight = -64 })]),
        ("Metadata.RegMax", [With(Metadata with { RegMax = 0 })]),
        ("Metadata.Mean", [With(Metadata with { Mean = default }), With(Metadata with { Mean = [1, 2] }), With(Metadata with { Mean = [1, 2, double.NaN] })]),
        ("Metadata.Std", [With(Metadata with { Std = default }), With(Metadata with { Std = [1, 2] }), With(Metadata with { Std = [1, 2, 0] })]),
        ("Metadata.ScoreThreshold", [With(Metadata with { ScoreThreshold = double.NaN })]),
        ("Metadata.IouThreshold", [With(Metadata with { IouThreshold = 1.5 })]),
        ("Metadata.MaxDetections", [With(Metadata with { MaxDetections = 0 })]),
    ];

    public static TheoryData<string> Options => [.. Rules.Select(rule => rule.Option)];

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_out_of_its_range_is_refused_by_name(string option)
        => Assert.All(
            Rules.Single(rule => rule.Option == option).Refused,
            refused => Assert.Equal($"options.{option}", Assert.ThrowsAny<ArgumentException>(() => TinyModel.Load(Model, refused)).ParamName));

    [Fact]
    public void The_ends_of_the_ranges_are_allowed()
    {
        foreach (var allowed in (DetectorOptions[])
        [
            new() { ScoreThreshold = 0, IouThreshold = 0, MaxDetections = 1, Batch = 1024, MaxConcurrency = 1, MaxPixels = 1, Threads = 1, Metadata = Metadata },
            new() { ScoreThreshold = 1, IouThreshold = 1, MaxDetections = int.MaxValue, MaxConcurrency = int.MaxValue },
        ])
        {
            using var detector = TinyModel.Load(Model, allowed);
            detector.Detect(new Imaging.PixelImage(8, 8), TestContext.Current.CancellationToken);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Only_the_classes_that_are_asked_for_are_detected_and_counted(bool augmented)
    {
        var model = new TinyModel(64, 64, ["a", "b", "c"]) { Places = { (9, 0, 0.9f), (20, 2, 0.6f), (30, 1, 0.8f), (40, 1, 0.7f) } };
        using var all = TinyModel.Load(model, new() { TestTimeAugmentation = augmented });
        using var detector = TinyModel.Load(model, new() { Classes = ["c", "b", "c"], TestTimeAugmentation = augmented });
        using var best = TinyModel.Load(model, new() { Classes = ["b", "c"], MaxDetections = 1, TestTimeAugmentation = augmented });

        var found = Detect(all);
        Assert.Contains(found, one => one.Name == "a");
        Assert.NotEmpty(found.Where(one => one.Name != "a"));
        Assert.Equal(found.Where(one => one.Name != "a"), Detect(detector));
        Assert.Equal(found.Where(one => one.Name != "a").Take(1), Detect(best));
        Assert.Equal(["a", "b", "c"], detector.Metadata.Classes);

        static ImmutableArray<DetectedObject> Detect(Detector detector) => detector.Detect(new Imaging.PixelImage(8, 8), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("persom", "The model has no class 'persom'; did you mean 'person'?")]
    [InlineData("Person", "The model has no class 'Person'; did you mean 'person'?")]
    [InlineData("bicycle", "The model has no class 'bicycle', which is to be detected")]
    [InlineData(null, "The model has no class '', which is to be detected")]
    public void A_class_that_the_model_does_not_have_is_refused(string? name, string message)
    {
        var diagnostic = Assert.Throws<NanoDetException>(() => TinyModel.Load(new TinyModel(64, 64, ["person", "dog"]), new() { Classes = ["dog", name!] })).Diagnostic;

        Assert.Equal(("NDB6013", message), (diagnostic.Code, diagnostic.Message));
    }

    private static DetectorOptions With(ModelMetadata metadata) => new() { Metadata = metadata };
}
