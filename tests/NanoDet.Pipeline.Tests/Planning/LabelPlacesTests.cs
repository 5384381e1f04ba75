using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Datasets;
using NanoDet.Data.Labels;
using NanoDet.Data.Linting;
using NanoDet.Pipeline.Planning;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Planning;

public sealed class LabelPlacesTests
{
    private static readonly BoundingBox Left = new(0, 10, 40, 50);
    private static readonly BoundingBox Right = new(60, 10, 100, 50);

    [Fact]
    public void Objects_that_were_sorted_scaled_and_cut_are_still_found_at_their_lines()
    {
        // Labelled at half the size, the right one first, and one beyond the edge.
        var labels = new LabeledImage("a.png",
        [
            new("bolt", new(30, 5, 51, 25)) { Location = new("a.xml", 5, 3), BoxLocation = new("a.xml", 7, 5) },
            new("bolt", new(0, 5, 20, 25)) { Location = new("a.xml", 10, 3) },
        ])
        {
            Width = 50,
            Height = 40,
            Location = new("a.xml"),
        };
        var dataset = new Dataset(["bolt"], [new("a.png", new('0', 64), 100, 80, DatasetPart.Train, [new(0, Left), new(0, Right)])]);

        var places = LabelPlaces.Of(dataset, _ => labels);

        Assert.Equal(new SourceLocation("a.xml", 10, 3), places.Of(Finding(LabelFindingKind.OtherClass, 0)));
        Assert.Equal(new SourceLocation("a.xml", 5, 3), places.Of(Finding(LabelFindingKind.NoObject, 1)));
        Assert.Equal(new SourceLocation("a.xml", 7, 5), places.Of(Finding(LabelFindingKind.Box, 1)));
        Assert.Equal(new SourceLocation("a.xml", 10, 3), places.Of(Finding(LabelFindingKind.Box, 0)));
        Assert.Equal(new SourceLocation("a.xml"), places.Of(Finding(LabelFindingKind.NoLabel, null)));
    }

    [Fact]
    public void An_image_without_labels_is_its_own_place_and_the_file_says_the_same()
    {
        using var folder = new TestFolder();
        var places = LabelPlaces.Of(new Dataset(["bolt"], [new("a.png", new('0', 64), 100, 80, DatasetPart.Train, [])]), _ => null);
        File.WriteAllBytes(folder["places.json"], places.ToJson());

        Assert.Equal(new SourceLocation("a.png"), LabelPlaces.Read(folder["places.json"]).Of(Finding(LabelFindingKind.NoLabel, null)));
    }

    private static LabelFinding Finding(LabelFindingKind kind, int? index) => new(kind, 0, index, new(0, Left), null, 1);
}
