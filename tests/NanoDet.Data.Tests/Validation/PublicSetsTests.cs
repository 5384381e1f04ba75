using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Images;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Voc;
using NanoDet.Data.Validation;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Validation;

public sealed class PublicSetsTests
{
    [Fact]
    public void The_blood_cells_have_364_images_and_two_boxes_without_area_that_are_shown_at_their_line()
    {
        var (images, diagnostics) = Judge("datasets/bccd/JPEGImages", "datasets/bccd/Annotations");

        Assert.Equal(364, images.Length);
        Assert.Equal(["RBC", "RBC"], diagnostics.Select(diagnostic => diagnostic.Message.Split('\'')[1]));
        Assert.All(diagnostics, diagnostic => Assert.Equal(("NDB1030", DiagnosticSeverity.Warning), (diagnostic.Code, diagnostic.Severity)));
        Assert.Equal(
            ["BloodImage_00338.xml", "BloodImage_00343.xml"],
            diagnostics.Select(diagnostic => Path.GetFileName(diagnostic.Location!.Value.File)));
        Assert.All(diagnostics, diagnostic =>
            Assert.Equal("<bndbox>", File.ReadLines(diagnostic.Location!.Value.File).ElementAt(diagnostic.Location.Value.Line - 1).Trim()));
    }

    [Theory]
    [InlineData("datasets/capybara/images", 200)]
    [InlineData("datasets/microcontrollers/images", 149)]
    public void A_clean_set_is_clean(string folder, int count)
    {
        var (images, diagnostics) = Judge(folder, folder);

        Assert.Empty(diagnostics.Select(diagnostic => diagnostic.ToString()));
        Assert.Equal(count, images.Length);
    }

    private static (ImmutableArray<DatasetImage> Images, List<Diagnostic> Diagnostics) Judge(string imageFolder, string labelFolder)
    {
        var root = SharedData.Path(imageFolder);
        var labels = Directory.EnumerateFiles(SharedData.Path(labelFolder), "*.xml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(VocReader.Read)
            .ToDictionary(read => Path.GetFileNameWithoutExtension(read.Location!.Value.File));
        var judge = new ImageJudge(ClassList.FromLabels(labels.Values), new());
        var diagnostics = new List<Diagnostic>();
        var images = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".jpg" or ".jpeg" or ".png")
            .Order(StringComparer.Ordinal)
            .Select(file => judge.Judge(
                new(Path.GetRelativePath(root, file).Replace('\\', '/'), file, "", ImageHeaderReader.Read(file), labels.GetValueOrDefault(Path.GetFileNameWithoutExtension(file))),
                diagnostics))
            .OfType<DatasetImage>()
            .ToImmutableArray();
        return (images, diagnostics);
    }
}
