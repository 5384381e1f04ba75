using NanoDet.Core.Diagnostics;
using NanoDet.Core.Models;
using NanoDet.Testing;

namespace NanoDet.Detection.Tests.Models;

public sealed class ModelInspectionTests
{
    [Fact]
    public void A_model_that_describes_itself_needs_nothing_else()
    {
        using var detector = TinyModel.Load(new TinyModel(96, 64, ["白细胞", "RBC"]));

        Assert.Equal(["白细胞", "RBC"], detector.Metadata.Classes);
        Assert.Equal((96, 64), (detector.Metadata.InputWidth, detector.Metadata.InputHeight));
    }

    [Fact]
    public void Four_strides_are_NanoDet_Plus_and_three_a_legacy_model()
    {
        using var plus = TinyModel.Load(new TinyModel(96, 64, ["a", "b"]) { WithMetadata = false });
        using var legacy = TinyModel.Load(new TinyModel(96, 64, ["a", "b"]) { WithMetadata = false, Strides = [8, 16, 32] });

        Assert.Equal((false, false, 4), (plus.Metadata.CentredPriors, plus.Metadata.KeepRatio, plus.Metadata.Strides.Length));
        Assert.Equal((true, true, 3), (legacy.Metadata.CentredPriors, legacy.Metadata.KeepRatio, legacy.Metadata.Strides.Length));
        Assert.Equal(["class0", "class1"], plus.Metadata.Classes);
    }

    [Fact]
    public void Eighty_classes_without_names_are_those_of_COCO()
    {
        using var detector = TinyModel.Load(new TinyModel(64, 64, CocoClasses.Names) { WithMetadata = false });

        Assert.Equal(CocoClasses.Names, detector.Metadata.Classes);
        Assert.Equal(7, detector.Metadata.RegMax);
    }

    // 53 classes and four distances of 8 columns are YOLOX's 80 classes, box and objectness.
    [Theory]
    [InlineData("images", 53, 3, false)]
    [InlineData("images", 13, 3, false)]
    [InlineData("x", 53, 3, false)]
    [InlineData("data", 53, 3, true)]
    [InlineData("x", 20, 3, true)]
    [InlineData("x", 80, 3, true)]
    [InlineData("images", 53, 4, true)]
    public void YoloX_is_not_taken_for_a_legacy_model(string input, int classes, int strides, bool isNanoDet)
    {
        var model = new TinyModel(64, 64, [.. Enumerable.Range(0, classes).Select(i => $"class{i}")])
        {
            WithMetadata = false,
            InputName = input,
            Strides = strides == 3 ? [8, 16, 32] : [8, 16, 32, 64],
        };
        using var folder = new TestFolder();
        var file = folder.Write("classes.txt", string.Join('\n', Enumerable.Range(0, classes).Select(i => $"name{i}")));

        if (isNanoDet)
        {
            using var guessed = TinyModel.Load(model);
            Assert.Equal(classes, guessed.Metadata.Classes.Length);
        }
        else
        {
            var refused = Assert.Throws<NanoDetException>(() => TinyModel.Load(model));
            Assert.Equal("NDB6006", refused.Code);
            Assert.Contains("looks like a YOLOX model", refused.Message, StringComparison.Ordinal);
        }

        // Who says what the classes are, or gives the metadata, knows the model.
        using var told = TinyModel.Load(model, new DetectorOptions { ClassesFile = file });
        using var described = TinyModel.Load(model, new DetectorOptions { Metadata = model.Metadata });
        Assert.Equal((classes, classes), (told.Metadata.Classes.Length, described.Metadata.Classes.Length));
    }

    [Fact]
    public void A_class_file_gives_the_names()
    {
        using var folder = new TestFolder();
        var file = folder.Write("classes.txt", "\uFEFFcell\r\n  dust  \n\n");
        using var detector = TinyModel.Load(new TinyModel(64, 64, ["a", "b"]) { WithMetadata = false }, new DetectorOptions { ClassesFile = file });

        Assert.Equal(["cell", "dust"], detector.Metadata.Classes);
    }

    [Theory]
    [InlineData("cell\ncell", 2)]
    [InlineData("cell\n\ndust", 2)]
    [InlineData("\n\n", 0)]
    [InlineData("a\nb\nc", 0)]
    public void A_class_file_that_does_not_fit_is_refused_at_its_line(string content, int line)
    {
        using var folder = new TestFolder();
        var file = folder.Write("classes.txt", content);

        var diagnostic = Assert.Throws<NanoDetException>(
            () => TinyModel.Load(new TinyModel(64, 64, ["a", "b"]), new DetectorOptions { ClassesFile = file })).Diagnostic;

        Assert.Equal(("NDB6008", file, line), (diagnostic.Code, diagnostic.Location!.Value.File, diagnostic.Location.Value.Line));
    }

    [Fact]
    public void A_missing_class_file_is_told()
        => Assert.Equal("NDB6008", Assert.Throws<NanoDetException>(() => TinyModel.Load(
            new TinyModel(64, 64, ["a"]), new DetectorOptions { ClassesFile = "missing.txt" })).Diagnostic.Code);

    [Fact]
    public void Metadata_that_contradicts_the_network_is_refused()
    {
        var model = new TinyModel(64, 64, ["a", "b"]);

        foreach (var wrong in (ModelMetadata[])
        [
            model.Metadata with { InputWidth = 96 }, model.Metadata with { Classes = ["a"] },
            model.Metadata with { Strides = [8, 16, 32] }, model.Metadata with { RegMax = 10 },
        ])
        {
            Assert.Equal("NDB6007", Assert.Throws<NanoDetException>(
                () => TinyModel.Load(model, new DetectorOptions { Metadata = wrong })).Diagnostic.Code);
        }
    }

    [Fact]
    public void Options_take_the_place_of_the_model_s_thresholds()
    {
        using var own = TinyModel.Load(new TinyModel(64, 64, ["a"]));
        using var other = TinyModel.Load(
            new TinyModel(64, 64, ["a"]), new DetectorOptions { ScoreThreshold = 0.1, IouThreshold = 0.2, MaxDetections = 3 });

        Assert.Equal((0.35, 0.6, 100), (own.Metadata.ScoreThreshold, own.Metadata.IouThreshold, own.Metadata.MaxDetections));
        Assert.Equal((0.1, 0.2, 3), (other.Metadata.ScoreThreshold, other.Metadata.IouThreshold, other.Metadata.MaxDetections));
    }
}
