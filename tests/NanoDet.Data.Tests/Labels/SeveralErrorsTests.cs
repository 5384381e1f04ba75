using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Coco;
using NanoDet.Data.Labels.CreateMl;
using NanoDet.Data.Labels.Datumaro;
using NanoDet.Data.Labels.LabelMe;
using NanoDet.Data.Labels.LabelStudio;
using NanoDet.Data.Labels.Via;
using NanoDet.Data.Labels.Voc;
using NanoDet.Data.Labels.Vott;
using NanoDet.Data.Labels.Yolo;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Labels;

/// <summary>A file with several errors: all are told at once, as a compiler tells those of a source file.</summary>
public sealed class SeveralErrorsTests
{
    private static readonly ClassList Classes = ClassList.FromNames(["bolt", "nut", "washer"]);

    [Fact]
    public void Every_wrong_line_of_yolo_is_told()
        => Assert.Equal(
            ["(2,1) NDB1010", "(3,1) NDB1010", "(4,1) NDB1001", "(6,1) NDB1045"],
            Errors(() => Yolo("0 0.5 0.5 0.1 0.1\n0 320 240 64 48\nbolt 0.5 0.5 0.1 0.1\n1 0.5 0.5 0.1\n2 0.5 0.5 0.2 0.2\n7 0.5 0.5 0.1 0.1\n")));

    [Fact]
    public void A_text_of_another_form_is_told_once()
        => Assert.Equal(["(1,1) NDB1010"], Errors(() => Yolo(string.Concat(Enumerable.Repeat("0 320 240 64 48\n", 200)))));

    [Fact]
    public void A_hundred_errors_of_a_file_are_enough()
    {
        var errors = Errors(() => Yolo("0 0.5 0.5 0.1 0.1\n" + string.Concat(Enumerable.Repeat("7 0.5 0.5 0.1 0.1\n", 200))));

        Assert.Equal(101, errors.Count);
        Assert.Equal(["(2,1) NDB1045", "(101,1) NDB1045", " NDB1000"], [errors[0], errors[99], errors[100]]);
    }

    [Fact]
    public void With_just_a_hundred_there_are_no_more()
        => Assert.Equal(100, Errors(() => Yolo(string.Concat(Enumerable.Repeat("7 0.5 0.5 0.1 0.1\n", 100)) + "0 0.5 0.5 0.1 0.1\n")).Count);

    [Fact]
    public void Lines_whose_meaning_a_wrong_line_would_show_are_not_judged()
        => Assert.Equal(["(1,1) NDB1005"], Errors(() => Yolo("0 .5 .5 .4 .4 .35 x 2 .6 .6 2 .5 .5 2\n0 .5 .5 .2 .2 .1 .1 2 .6 .6 2 .5 .5 2\n")));

    [Fact]
    public void Ids_of_another_file_are_told_only_where_all_annotations_are_known()
        => Assert.Equal(["(3,65) NDB1005"], Errors(() => CocoReader.Read("""
            {"images":[{"id":0,"file_name":"0.png"},{"id":1,"file_name":"1.png"}],
            "categories":[{"id":1,"name":"nut"}],
            "annotations":[{"id":1,"image_id":0,"category_id":1,"bbox":[1,2,"x",4]},
            {"id":2,"image_id":9,"category_id":1,"bbox":[1,2,3,4]}]}
            """u8, "a.json")));

    [Fact]
    public void A_column_counts_characters_as_an_editor_does()
        => Assert.Equal(["(2,6) NDB1001"], Errors(() => CocoReader.Read("{\n\"é\": é}"u8, "a.json")));

    [Fact]
    public void A_yolo_file_with_errors_says_nothing_about_the_meaning_of_others()
    {
        var set = new YoloSet();

        // The number of a track, and a triangle that may be one.
        Assert.Throws<NanoDetException>(() => YoloReader.Read("0 0.5 0.5 0.1 0.1 0.9 7\n9 0.5 0.5 0.1 0.1\n"u8, "a.txt", Classes, 640, 480, set));
        YoloReader.Read("0 0.5 0.5 0.1 0.1 0.9 1\n"u8, "b.txt", Classes, 640, 480, set);

        Assert.Equal(("NDB1018", "b.txt"), (set.Doubt?.Code, set.Doubt?.Location?.File));
    }

    [Fact]
    public void Every_wrong_entry_of_coco_is_told()
    {
        const string Document = """
            {
             "images": [
              {"id": 1, "file_name": "a.jpg"},
              {"id": 2},
              {"id": 1, "file_name": "c.jpg"}],
             "annotations": [
              {"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4]},
              {"id": 2, "image_id": 2, "category_id": 1, "bbox": [1, 2, 3, 4]},
              {"id": 3, "image_id": 1, "category_id": 999, "bbox": [1, 2, 3, 4]},
              {"id": 4, "image_id": 77, "category_id": 1, "bbox": [1, 2, 3, 4]},
              {"id": 5, "image_id": 1, "category_id": 1, "bbox": [1, "2", 3, 4]},
              {"id": 6, "image_id": 1, "bbox": [1, 2, 3, 4]}],
             "categories": [
              {"id": 1, "name": "bolt"},
              {"id": 1, "name": "nut"}]
            }
            """;

        Assert.Equal(
            ["(10,3) NDB1019", "(4,3) NDB1006", "(5,3) NDB1008", "(9,3) NDB1007", "(11,58) NDB1005", "(12,3) NDB1006", "(15,3) NDB1008"],
            Errors(() => CocoReader.Read(Encoding.UTF8.GetBytes(Document), "a.json")));
    }

    [Fact]
    public void An_entry_of_coco_that_could_not_be_read_makes_no_further_errors()
        => Assert.Equal(
            ["(1,13) NDB1006", "(3,16) NDB1006"],
            Errors(() => CocoReader.Read(
                """
                {"images": [{"file_name": "a.jpg"}],
                "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4]}],
                "categories": [{"name": "bolt"}]}
                """u8, "a.json")));

    [Fact]
    public void Errors_before_the_end_of_a_damaged_file_are_told_too()
    {
        Assert.Equal(["(1,13) NDB1006", "(2,18) NDB1001"], Errors(() => CocoReader.Read("{\"images\": [{\"file_name\": \"a.jpg\"}],\n\"annotations\": [{x}]}"u8, "a.json")));
        Assert.Equal(["(2,1) NDB1006", "(3,3) NDB1001"], Errors(() => VocReader.Read("<annotation>\n<object></object>\n</annot>"u8, "a.xml")));
    }

    [Fact]
    public void Every_wrong_object_of_voc_is_told()
        => Assert.Equal(
            ["(2,7) NDB1005", "(3,1) NDB1006", "(4,26) NDB1001", "(6,34) NDB1005"],
            Errors(() => VocReader.Read(Encoding.UTF8.GetBytes("""
                <annotation>
                <size><width>wide</width></size>
                <object><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>3</xmax><ymax>4</ymax></bndbox></object>
                <object><name>bolt</name><name>nut</name><bndbox><xmin>x</xmin></bndbox></object>
                <object><name>bolt</name><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>3</xmax><ymax>4</ymax></bndbox></object>
                <object><name>bolt</name><bndbox><xmin>1,5</xmin><ymin>2</ymin><xmax>3</xmax><ymax>4</ymax></bndbox></object>
                </annotation>
                """), "a.xml")));

    [Fact]
    public void Every_wrong_shape_of_labelme_is_told()
        => Assert.Equal(
            ["(2,1) NDB1006", "(3,1) NDB1006", "(5,30) NDB1005"],
            Errors(() => LabelMeReader.Read(
                """
                {"imagePath": "a.jpg", "shapes": [
                {"label": "", "points": [[1, 2], [3, 4]]},
                {"label": "bolt", "points": []},
                {"label": "nut", "points": [[1, 2], [3, 4]]},
                {"label": "nut", "points": [["1", 2], [3, 4]]}]}
                """u8, "a.json")));

    [Fact]
    public void Every_wrong_object_of_createml_is_told()
        => Assert.Equal(
            ["(2,48) NDB1005", "(3,1) NDB1001", "(4,1) NDB1006"],
            Errors(() => CreateMlReader.Read(
                """
                [{"image": "a.jpg", "annotations": [
                {"label": "bolt", "coordinates": {"x": 1, "y": "2", "width": 3, "height": 4}},
                7]},
                {"annotations": []}]
                """u8, "a.json")));

    [Fact]
    public void A_list_of_boxes_that_is_not_createml_is_told_once()
        => Assert.Equal(
            ["(1,38) NDB1010"],
            Errors(() => CreateMlReader.Read("""[{"image": "a.jpg", "annotations": [{"bbox": [1, 2, 3, 4]}, {"bbox": [1, 2, 3, 4]}]}]"""u8, "a.json")));

    [Fact]
    public void Every_wrong_region_of_via_is_told()
        => Assert.Equal(
            ["(2,1) NDB1001", "(3,1) NDB1001"],
            Errors(() => ViaReader.Read(
                """
                {"a.jpg1": {"filename": "a.jpg", "regions": [
                1,
                2]}}
                """u8, "a.json")));

    [Fact]
    public void Every_wrong_region_of_vott_is_told()
        => Assert.Equal(
            ["(2,19) NDB1001", "(3,54) NDB1005"],
            Errors(() => VottReader.Read(
                """
                {"asset": {"name": "a.jpg"}, "regions": [
                {"tags": ["bolt", 1]},
                {"tags": ["bolt"], "boundingBox": {"left": 1, "top": "2", "width": 3, "height": 4}}]}
                """u8, "a.json")));

    [Fact]
    public void Every_wrong_annotation_of_datumaro_is_told()
        => Assert.Equal(
            ["(2,1) NDB1001", "(3,1) NDB1001", "(4,1) NDB1006"],
            Errors(() => DatumaroReader.Read(
                """
                {"categories": {}, "items": [{"id": "a", "annotations": [
                1,
                2]},
                {"annotations": []}]}
                """u8, "a.json")));

    [Fact]
    public void Every_wrong_task_of_label_studio_is_told()
        => Assert.Equal(
            ["(1,2) NDB1001", "(2,1) NDB1001"],
            Errors(() => LabelStudioReader.Read("[1,\n2]"u8, "a.json")));

    [Fact]
    public void The_first_error_is_that_of_the_exception()
    {
        using var folder = new TestFolder();
        var path = folder["a.json"];
        File.WriteAllText(path, """{"images": [{"id": 1}], "annotations": [{"bbox": [1, 2, 3, 4]}], "categories": []}""");

        var exception = Assert.Throws<NanoDetException>(() => LabelFileReader.Read(path, "labels/a.json"));

        Assert.Equal(
            ["labels/a.json(1,13): error NDB1006: The object has no 'file_name'", "labels/a.json(1,41): error NDB1006: The object has no 'image_id'"],
            exception.Diagnostics.Select(diagnostic => diagnostic.ToString()));
        Assert.Equal(exception.Diagnostics[0], exception.Diagnostic);
    }

    private static LabeledImage Yolo(string text) => YoloReader.Read(Encoding.UTF8.GetBytes(text), "a.txt", Classes, 640, 480);

    private static List<string> Errors(Func<object> read) => [.. Assert.Throws<NanoDetException>(read).Diagnostics
        .Select(diagnostic => $"{(diagnostic.Location is { Line: > 0 } place ? $"({place.Line},{place.Column})" : "")} {diagnostic.Code}")];
}
