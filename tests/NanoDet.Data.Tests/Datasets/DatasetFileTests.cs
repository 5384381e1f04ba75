using CsCheck;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Datasets;

public sealed class DatasetFileTests
{
    private static readonly Gen<DatasetObject> Objects = Gen.Select(Gen.Int[0, 2], Gen.Double[0, 100], Gen.Double[0, 100], Gen.Bool, Gen.Bool, Gen.Double[1, 9].Nullable())
        .Select((label, left, top, ignored, crowd, area) => new DatasetObject(label, new BoundingBox(left, top, left + 1, top + 2)) { Ignored = ignored, Crowd = crowd, Area = area });

    private static readonly Gen<DatasetImage> Images = Gen.Select(Gen.String[1, 8], Gen.Int[0, 2], Objects.Array[0, 4], Gen.Int[1, 8], Gen.Double[0.1, 4])
        .Select((path, part, objects, orientation, weight) => new DatasetImage(path, ContentHash.Of([1]).ToString(), 100, 90, (DatasetPart)part, [.. objects.Order(DatasetOrder.OfObjects)]) { Orientation = orientation, Weight = weight });

    [Fact]
    public void A_data_set_comes_back_as_it_was_written()
    {
        using var folder = new TestFolder();
        Images.Array[0, 5].Sample(images =>
        {
            var path = folder[$"{Guid.NewGuid():N}.json"];
            var content = DatasetFile.ToJson(new Dataset(["a", "b \"ü\"", "c"], [.. images]));
            File.WriteAllBytes(path, content.Span);
            var read = DatasetFile.Read(path);
            Assert.Equal(images.Select(image => image with { Objects = [] }), read.Images.Select(image => image with { Objects = [] }));
            Assert.Equal(images.SelectMany(image => image.Objects), read.Images.SelectMany(image => image.Objects));
            Assert.True(content.Span.SequenceEqual(DatasetFile.ToJson(read).Span));
        });
    }

    [Fact]
    public void The_meaning_of_labels_is_the_same_exactly_where_training_sees_the_same()
        => Gen.Select(Images, Images).Sample((a, b) =>
        {
            var same = a.Orientation == b.Orientation && a.Weight == b.Weight && a.Objects.SequenceEqual(b.Objects);
            Assert.Equal(same, LabelFingerprint.Of(a, ["a", "b", "c"]) == LabelFingerprint.Of(b, ["a", "b", "c"]));
            Assert.Equal(LabelFingerprint.Of(a, ["a", "b", "c"]), LabelFingerprint.Of(a with { Path = "elsewhere", Part = DatasetPart.Test }, ["a", "b", "c"]));
        });

    [Fact]
    public void A_file_cut_off_at_any_byte_is_one_clear_error()
    {
        using var folder = new TestFolder();
        var whole = DatasetFile.ToJson(new Dataset(["a"], [new DatasetImage("x", ContentHash.Of([1]).ToString(), 9, 9, DatasetPart.Train, [new DatasetObject(0, new BoundingBox(0, 0, 1, 1))])])).ToArray();
        for (var length = 0; length < whole.Length - 2; length++)
        {
            File.WriteAllBytes(folder["d.json"], whole[..length]);
            Assert.Equal("NDB9053", Assert.Throws<NanoDetException>(() => DatasetFile.Read(folder["d.json"])).Diagnostic.Code);
        }
    }
}
