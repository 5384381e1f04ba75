using NanoDet.Core.Geometry;
using NanoDet.Data.Datasets;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Linting;
using static NanoDet.Data.Tests.Linting.LintedSet;

namespace NanoDet.Data.Tests.Linting;

public sealed class LabelLintTests
{
    private static readonly BoundingBox Place = Box(20, 20);
    private static readonly BoundingBox OtherPlace = Box(130, 130);

    [Fact]
    public void Labels_that_the_model_finds_are_right()
        => Assert.Empty(Findings([Object(Bolt, Place), Object(Nut, OtherPlace)], Found(Bolt, Place, 0.8), Found(Nut, OtherPlace, 0.7)));

    [Fact]
    public void Another_class_in_the_box_is_a_finding_about_the_label()
    {
        var finding = Assert.Single(Findings(
            [Object(Bolt, Place), Object(Nut, OtherPlace)], Found(Nut, Place, 0.9), Found(Bolt, Place, 0.06), Found(Nut, OtherPlace, 0.7)));

        Assert.Equal((LabelFindingKind.OtherClass, 0, Bolt, Nut), (finding.Kind, finding.Object, finding.Subject.Label, finding.Suggestion!.Value.Label));
        Assert.InRange(finding.Confidence, 0.5, 1);
    }

    [Fact]
    public void A_model_that_confuses_classes_is_believed_less()
    {
        BoundingBox[] places = [.. Enumerable.Range(0, 36).Select(i => Box(2 + (33 * (i % 6)), 2 + (33 * (i / 6)), 31))];

        var findings = Run(
            [.. places.Select(place => Object(Bolt, place))], [.. places.Select((place, i) => Found(Nut, place, i % 2 == 0 ? 0.76 : 0.84))], LintOptions.Default with { OtherClass = 0 }).Findings;

        Assert.Equal(places.Length, findings.Length);
        Assert.All(findings, finding => Assert.Equal(LabelFindingKind.OtherClass, finding.Kind));
        Assert.Equal((0.1 * (places.Length + UsualLabels)) + 1, findings.Sum(finding => finding.Confidence), 6);
    }

    [Fact]
    public void A_model_that_sees_both_classes_is_no_reason_to_doubt_the_label()
        => Assert.Empty(Findings([Object(Bolt, Place)], Found(Nut, Place, 0.9), Found(Bolt, Place, 0.85)));

    [Fact]
    public void An_object_without_a_label_is_a_finding_about_the_image()
    {
        var finding = Assert.Single(Findings([Object(Bolt, Place)], Found(Bolt, Place, 0.8), Found(Nut, OtherPlace, 0.9)));

        Assert.Equal((LabelFindingKind.NoLabel, null, Nut, OtherPlace), (finding.Kind, finding.Object, finding.Subject.Label, finding.Subject.Box));
    }

    [Theory]
    [InlineData(Bolt)]
    [InlineData(Nut)]
    public void An_object_without_a_label_is_a_finding_beside_a_label_that_is_right(int label)
    {
        var beside = Box(Place.Left + 20, Place.Top + 20);
        var finding = Assert.Single(Findings([Object(Bolt, Place)], Found(Bolt, Place, 0.9), Found(label, beside, 0.9)));

        Assert.Equal((LabelFindingKind.NoLabel, null, beside), (finding.Kind, finding.Object, finding.Subject.Box));
    }

    [Fact]
    public void Who_wants_fewer_findings_gets_no_others_in_their_place()
        => Assert.Empty(Run([Object(Bolt, Place)], [Found(Bolt, Box(Place.Left + 20, Place.Top), 0.9)], LintOptions.Default with { Box = 1 }).Findings);

    [Fact]
    public void What_the_model_hardly_believes_is_no_finding()
        => Assert.Empty(Findings([Object(Bolt, Place)], Found(Bolt, Place, 0.8), Found(Nut, OtherPlace, 0.08)));

    [Theory]
    [InlineData(20, 0)] // Beside it.
    [InlineData(20, 20)]
    [InlineData(0, -20)]
    public void An_object_beside_the_box_is_one_finding_about_the_box(double x, double y)
    {
        var seen = Box(60 + x, 60 + y);
        var finding = Assert.Single(Findings([Object(Bolt, Box(60, 60))], Found(Bolt, seen, 0.9)));

        Assert.Equal((LabelFindingKind.Box, 0, seen), (finding.Kind, finding.Object, finding.Suggestion!.Value.Box));
    }

    [Fact]
    public void A_loose_box_is_a_finding_about_the_box()
        => Assert.Equal(LabelFindingKind.Box, Assert.Single(Findings([Object(Bolt, Box(50, 50, 80))], Found(Bolt, Box(70, 70), 0.9))).Kind);

    [Fact]
    public void A_box_with_nothing_in_it_is_a_finding_where_the_model_sees_nearly_all_of_its_class()
    {
        var finding = Assert.Single(Findings([Object(Bolt, Place), Object(Nut, OtherPlace)], Found(Nut, OtherPlace, 0.8)));

        Assert.Equal((LabelFindingKind.NoObject, 0, null), (finding.Kind, finding.Object, finding.Suggestion));
    }

    [Fact]
    public void A_label_of_an_ignored_object_is_never_doubted()
        => Assert.Empty(Findings([Object(Bolt, Place) with { Ignored = true }], Found(Nut, Place, 0.9)));

    [Fact]
    public void Two_labels_of_one_object_are_a_finding_about_the_one_that_fits_less()
    {
        var finding = Assert.Single(Findings([Object(Bolt, Place), Object(Bolt, Box(23, 22))], Found(Bolt, Place, 0.9)));

        Assert.Equal((LabelFindingKind.Twice, 1, Place), (finding.Kind, finding.Object, finding.Suggestion!.Value.Box));
    }

    [Fact]
    public void Two_labels_of_two_classes_on_one_object_are_one_finding()
    {
        var finding = Assert.Single(Findings([Object(Bolt, Place), Object(Nut, Place)], Found(Nut, Place, 0.9)));

        Assert.Equal((LabelFindingKind.Twice, 0, Nut), (finding.Kind, finding.Object, finding.Suggestion!.Value.Label));
    }

    [Fact]
    public void The_order_of_detections_changes_nothing()
    {
        var detections = new[] { Found(Nut, Place, 0.9), Found(Bolt, Place, 0.06), Found(Nut, OtherPlace, 0.9), Found(Bolt, Box(60, 90), 0.9) };
        var labels = new[] { Object(Bolt, Place), Object(Bolt, Box(80, 90)) };

        var findings = Run(labels, detections, LintOptions.Default).Findings;

        Assert.Equal(3, findings.Length);
        Assert.Equal(findings, Run(labels, [.. detections.Reverse()], LintOptions.Default).Findings);
        Assert.Equal(findings.Select(finding => finding.Confidence).OrderDescending(), findings.Select(finding => finding.Confidence));
    }

    [Fact]
    public void A_threshold_decides_what_is_said()
        => Assert.Empty(Run([], [Found(Nut, OtherPlace, 0.9)], LintOptions.Default with { NoLabel = 1 }).Findings);

    [Fact]
    public void Without_detections_and_images_there_is_nothing_to_say()
    {
        var (findings, recall) = LabelLint.Run(2, [], [], LintOptions.Default);

        Assert.Empty(findings);
        Assert.Null(recall.Words);
    }

    [Fact]
    public void What_would_be_found_is_what_is_found_where_the_label_is_missing_or_has_another_class()
    {
        BoundingBox[] places = [Place, OtherPlace, Box(20, 130), Box(130, 20), Box(75, 75), Box(2, 75)];
        DatasetObject[] labels = [.. places.Select(place => Object(Bolt, place)), Object(Nut, Box(90, 90)) with { Ignored = true }];
        // Seen, seen as two classes, hardly believed, overlapped by another label, not seen, and seen as two classes again.
        EvaluationDetection[] seen =
        [
            Found(Bolt, Place, 0.9), Found(Bolt, OtherPlace, 0.9), Found(Nut, OtherPlace, 0.8), Found(Bolt, places[2], 0.07), Found(Bolt, places[3], 0.9),
            Found(Bolt, places[5], 0.7), Found(Nut, places[5], 0.4),
        ];
        var usual = Run([], [], LintOptions.Default).Recall;

        var recall = Run(labels, seen, LintOptions.Default).Recall;

        Assert.Equal(new LintRecall(UsualLabels, UsualLabels, UsualLabels), usual);
        var missing = labels.Take(places.Length).Where(label => Kinds(labels.Except([label])).Contains((LabelFindingKind.NoLabel, label.Box))).ToList();
        var other = labels.Take(places.Length).Where(label => Kinds(labels.Select(one => one == label ? label with { Label = Nut } : one)).Contains((LabelFindingKind.OtherClass, label.Box))).ToList();
        Assert.InRange(missing.Count, 1, places.Length - 1);
        Assert.InRange(other.Count, 1, missing.Count);
        Assert.Equal(new LintRecall(UsualLabels + places.Length, UsualLabels + missing.Count, UsualLabels + other.Count), recall);

        List<(LabelFindingKind, BoundingBox)> Kinds(IEnumerable<DatasetObject> some) => [.. Findings([.. some], seen).Select(finding => (finding.Kind, finding.Subject.Box))];
    }

    [Fact]
    public void Both_parts_of_a_data_set_have_one_recall_in_words()
    {
        var (one, two) = (new LintRecall(30, 20, 10), new LintRecall(70, 42, 78));

        Assert.Equal("about 62 of 100 missing labels and 88 of 100 wrong classes", one.With(two).Words);
        Assert.Equal(one, LintRecall.Unknown.With(one).With(LintRecall.Unknown));
        Assert.Equal("about 67 of 100 missing labels", (one with { OtherClass = null }).Words);
    }

    [Fact]
    public void Findings_survive_their_file()
    {
        var findings = Run([Object(Bolt, Place)], [Found(Nut, Place, 0.9), Found(Nut, OtherPlace, 0.9)], LintOptions.Default);
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        File.WriteAllBytes(file, findings.ToJson());
        try
        {
            var read = LintFindings.Read(file);
            Assert.Equal(findings.Findings, read.Findings);
            Assert.NotEmpty(findings.Findings);
            Assert.Equal(findings.Recall, read.Recall);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
