using NanoDet.Data.Labels;
using NanoDet.Data.Labels.LabelMe;
using NanoDet.Data.Labels.Voc;
using NanoDet.Data.Labels.Yolo;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Labels;

public sealed class FourFormsTests
{
    [Fact]
    public void A_hundred_images_in_four_forms_have_the_same_truth_to_a_hundredth_of_a_pixel()
    {
        var folder = SharedData.Path("datasets/voc-formats");
        var classes = ClassList.FromFile(Path.Combine(folder, "yolo_format", "obj.names"));
        var files = Directory.GetFiles(Path.Combine(folder, "pascalvoc_format"), "*.xml");
        Assert.Equal(100, files.Length);
        foreach (var file in files)
        {
            var stem = Path.GetFileNameWithoutExtension(file);
            var voc = VocReader.Read(file);
            Assert.NotEmpty(voc.Objects);
            Assert.Equal(Truth(voc), Truth(VocReader.Read(Path.Combine(folder, "imagenet_format", "Annotations", stem + ".xml"))));
            Assert.Equal(Truth(voc), Truth(LabelMeReader.Read(Path.Combine(folder, "labelme_format", stem + ".json"))));
            Assert.Equal(Truth(voc), Truth(YoloReader.Read(
                Path.Combine(folder, "yolo_format", "obj_train_data", stem + ".txt"), classes, voc.Width!.Value, voc.Height!.Value)));
        }
    }

    [Theory]
    [InlineData("pascalvoc_format", LabelFormat.Voc)]
    [InlineData("imagenet_format", LabelFormat.Voc)]
    [InlineData("labelme_format", LabelFormat.LabelMe)]
    [InlineData("yolo_format", LabelFormat.Yolo)]
    [InlineData("../coco-tiny", LabelFormat.Coco)]
    public void The_form_of_a_folder_is_told_by_content(string folder, LabelFormat format)
        => Assert.Equal(format, Directory.EnumerateFiles(SharedData.Path($"datasets/voc-formats/{folder}"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(LabelFormatDetector.DetectFile).First(found => found is not null));

    // The forms list the objects in different orders.
    private static string Truth(LabeledImage image) => string.Join('\n', image.Objects.Select(labeled => FormattableString.Invariant(
        $"{labeled.ClassName} {labeled.Box.Left:F2} {labeled.Box.Top:F2} {labeled.Box.Right:F2} {labeled.Box.Bottom:F2}")).Order(StringComparer.Ordinal));
}
