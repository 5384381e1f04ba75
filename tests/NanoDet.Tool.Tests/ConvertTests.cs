using System.Text.Json;
using System.Text.RegularExpressions;
using NanoDet.Core.Geometry;
using NanoDet.Data.Labels.Coco;
using NanoDet.Data.Labels.Voc;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

public sealed class ConvertTests : IDisposable
{
    private static readonly string Sample = Path.Combine(Repository.Root, "sample-project");
    private readonly TestFolder _folder = new("étiquettes");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("voc", "voc")]
    [InlineData("labelme", "labelme")]
    [InlineData("yolo", "yolo")]
    public async Task Labels_go_through_every_form_and_come_back_the_same(string form, string place)
    {
        Assert.Equal(0, (await ToolProcess.RunAsync("convert", Path.Combine(Sample, "annotations"), "--to", "coco", "--out", _folder["first.json"])).ExitCode);
        Assert.Equal(0, (await ToolProcess.RunAsync("convert", _folder["first.json"], "--to", form, "--out", _folder[place])).ExitCode);
        var back = await ToolProcess.RunAsync("convert", _folder[place], "--images", Path.Combine(Sample, "images"), "--to", "coco", "--out", _folder["second.json"]);

        Assert.Equal(0, back.ExitCode);
        Assert.Equal("images: 180, objects: 710, classes: 3\n", back.Error.ReplaceLineEndings("\n"));
        Assert.Equal(
            await File.ReadAllBytesAsync(_folder["first.json"], TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(_folder["second.json"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_four_forms_of_the_same_truth_become_the_same_boxes()
    {
        var names = new[] { "pascalvoc_format", "imagenet_format", "labelme_format", "yolo_format/obj_train_data" };
        foreach (var (index, name) in names.Index())
        {
            var run = await ToolProcess.RunAsync(
                "convert", SharedData.Path("datasets/voc-formats/" + name), "--images", SharedData.Path("datasets/voc-formats/images"), "--to", "coco", "--out", _folder[$"{index}.json"]);
            Assert.Equal(0, run.ExitCode);
        }

        var boxes = Enumerable.Range(0, names.Length).Select(index => Rounded(CocoReader.Read(_folder[$"{index}.json"]))).ToList();
        Assert.Equal(273, boxes[0].Count);
        Assert.All(boxes.Skip(1), other => Assert.Equal(boxes[0], other));
    }

    [Theory]
    [InlineData("a.xml", "<annotation><object>", "NDB1001")]
    [InlineData("a.json", "{\"images\":[],\"annotations\":[{}],\"categories\":", "NDB1001")]
    [InlineData("a.txt", "0,0.5,0.5,0.25,0.25", "NDB1010")]
    public async Task What_cannot_be_read_is_one_error_and_nothing_is_written(string name, string content, string code)
    {
        var broken = _folder.Write($"labels/{name}", content);
        _folder.Write("labels/classes.txt", "bolt\n");
        await File.WriteAllBytesAsync(_folder["labels/a.png"], TinyPng.Bytes(0), TestContext.Current.CancellationToken);

        foreach (var path in new[] { broken, _folder["labels"] })
        {
            var run = await ToolProcess.RunAsync("convert", path, "--to", "coco", "--out", _folder["out.json"]);

            Assert.Equal(1, run.ExitCode);
            Assert.Contains($": error {code}: ", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
            Assert.False(File.Exists(_folder["out.json"]));
        }
    }

    [Fact]
    public async Task A_broken_file_is_reported_and_the_rest_is_converted()
    {
        _folder.Write("labels/a.xml", Voc("a.jpg", "cat"));
        var broken = _folder.Write("labels/b.xml", "<annotation><object>");
        _folder.Write("labels/c.xml", Voc("c.jpg", "cat"));

        var run = await ToolProcess.RunAsync("convert", _folder["labels"], "--to", "coco", "--out", _folder["out.json"]);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"{broken}(", run.Error, StringComparison.Ordinal);
        Assert.Contains("error NDB1001: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(["a.jpg", "c.jpg"], CocoReader.Read(_folder["out.json"]).Images.Select(image => image.FileName));
    }

    [Fact]
    public async Task A_class_that_the_list_lacks_is_told_with_what_was_meant()
    {
        _folder.Write("labels/a.xml", Voc("a.jpg", "washr"));
        var classes = _folder.Write("classes.txt", "bolt\nwasher\n");

        var run = await ToolProcess.RunAsync("convert", _folder["labels"], "--classes", classes, "--to", "voc", "--out", _folder["out"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error NDB1040: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean 'washer'?", run.Error, StringComparison.Ordinal);
        Assert.Empty(VocReader.Read(_folder["out/a.xml"]).Objects);
    }

    [Theory]
    [InlineData("voc", "xml")]
    [InlineData("labelme", "json")]
    [InlineData("yolo", "txt")]
    public async Task Labels_that_are_there_are_kept_unless_they_are_to_be_replaced(string form, string extension)
    {
        _folder.Write("labels/a.xml", Voc("a.jpg", "cat"));
        _folder.Write("labels/b.xml", Voc("b.jpg", "cat"));
        var corrected = _folder.Write($"out/a.{extension}", "corrected by hand");

        var kept = await ToolProcess.RunAsync("convert", _folder["labels"], "--to", form, "--out", _folder["out"]);

        Assert.Equal(0, kept.ExitCode);
        Assert.Contains($"{corrected}: warning NDB6106: ", kept.Error, StringComparison.Ordinal);
        Assert.Contains("images: 1, ", kept.Error, StringComparison.Ordinal);
        Assert.Equal("corrected by hand", File.ReadAllText(corrected));
        Assert.True(File.Exists(_folder[$"out/b.{extension}"]));
        Assert.Equal(0, (await ToolProcess.RunAsync("convert", _folder["labels"], "--to", form, "--out", _folder["out"], "--overwrite")).ExitCode);
        Assert.NotEqual("corrected by hand", File.ReadAllText(corrected));
    }

    [Fact]
    public async Task One_file_for_all_labels_is_replaced_only_where_that_is_asked_for()
    {
        _folder.Write("labels/a.xml", Voc("a.jpg", "cat"));
        var other = _folder.Write("out.json", "another data set's");

        var kept = await ToolProcess.RunAsync("convert", _folder["labels"], "--to", "coco", "--out", other);

        Assert.Equal(1, kept.ExitCode);
        Assert.Contains("error NDB6105: ", kept.Error, StringComparison.Ordinal);
        Assert.Contains("--overwrite", kept.Error, StringComparison.Ordinal);
        Assert.Equal("another data set's", File.ReadAllText(other));
        Assert.Equal(0, (await ToolProcess.RunAsync("convert", _folder["labels"], "--to", "coco", "--out", other, "--overwrite")).ExitCode);
        Assert.Single(CocoReader.Read(other).Images);
    }

    [Fact]
    public async Task Numbers_of_other_classes_do_not_get_into_a_folder_with_a_class_list()
    {
        _folder.Write("labels/a.xml", Voc("a.jpg", "cat"));
        _folder.Write("out/old.txt", "0 0.5 0.5 0.1 0.1\n");
        var classes = _folder.Write("out/classes.txt", "dog\ncat\n");

        var refused = await ToolProcess.RunAsync("convert", _folder["labels"], "--to", "yolo", "--out", _folder["out"]);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"{classes}: error NDB6120: ", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["out/a.txt"]));
        Assert.Equal("dog\ncat\n", File.ReadAllText(classes));
        Assert.Equal(0, (await ToolProcess.RunAsync("convert", _folder["labels"], "--to", "yolo", "--out", _folder["out"], "--classes", classes)).ExitCode);
        Assert.StartsWith("1 ", File.ReadAllText(_folder["out/a.txt"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("voc")]
    [InlineData("coco")]
    [InlineData("yolo")]
    [InlineData("labelme")]
    public async Task A_box_without_area_is_left_out_at_its_line_and_counted(string form)
    {
        var broken = _folder.Write("labels/a.xml", "<annotation><filename>a.jpg</filename><size><width>320</width><height>240</height></size>\n"
            + "<object><name>nut</name><bndbox><xmin>20</xmin><ymin>200</ymin><xmax>60</xmax><ymax>100</ymax></bndbox></object>\n"
            + "<object><name>nut</name><bndbox><xmin>20</xmin><ymin>100</ymin><xmax>60</xmax><ymax>200</ymax></bndbox></object></annotation>");

        var run = await ToolProcess.RunAsync("convert", _folder["labels"], "--to", form, "--out", _folder[form == "coco" ? "out.json" : "out"]);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"{broken}(2,25): warning NDB1030: ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("images: 1, objects: 1, classes: 1; left out: images: 0, objects: 1", run.Error.TrimEnd(), StringComparison.Ordinal);
        Assert.All(Directory.EnumerateFiles(_folder.FullPath, "*", SearchOption.AllDirectories).Where(path => path != broken), path => Assert.DoesNotContain("-", File.ReadAllText(path), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_pictures_of_one_name_are_not_put_into_one_file_of_all()
    {
        foreach (var part in new[] { "one", "two" })
        {
            _folder.Write($"labels/{part}/a.xml", Voc("0001.jpg", "cat"));
        }

        var run = await ToolProcess.RunAsync("convert", _folder["labels"], "--to", "coco", "--out", _folder["out.json"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error NDB6121: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("left out: images: 1, objects: 1", run.Error, StringComparison.Ordinal);
        Assert.Single(CocoReader.Read(_folder["out.json"]).Images);
    }

    [Theory]
    [InlineData("yolo", "2 objects are")]
    [InlineData("voc", "One object is")]
    [InlineData("coco", null)]
    public async Task A_flag_that_a_form_does_not_have_is_not_lost_without_a_word(string form, string? told)
    {
        var coco = _folder.Write("labels.json", """
            {"images": [{"id": 1, "file_name": "a.jpg", "width": 10, "height": 10}], "categories": [{"id": 1, "name": "cat"}],
             "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 1, 5, 5], "iscrowd": 1}, {"id": 2, "image_id": 1, "category_id": 1, "bbox": [1, 1, 5, 6], "ignore": 1}]}
            """);

        var run = await ToolProcess.RunAsync("convert", coco, "--to", form, "--out", _folder[form == "coco" ? "out.json" : "out"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(told is not null, run.Error.Contains("warning NDB6116: ", StringComparison.Ordinal));
        Assert.Contains(told ?? "", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_pictures_with_one_name_for_their_labels_do_not_take_each_others()
    {
        var coco = _folder.Write("labels.json", """
            {
              "images": [{"id": 1, "file_name": "a.jpg", "width": 10, "height": 10}, {"id": 2, "file_name": "a.png", "width": 10, "height": 10}],
              "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 1, 5, 5]}],
              "categories": [{"id": 1, "name": "cat"}]
            }
            """);

        var run = await ToolProcess.RunAsync("convert", coco, "--to", "voc", "--out", _folder["out"], "--overwrite");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error NDB6121: ", run.Error, StringComparison.Ordinal);
        Assert.Single(VocReader.Read(_folder["out/a.xml"]).Objects);
    }

    [Fact]
    public async Task A_file_name_that_leads_out_of_the_folder_writes_nothing()
    {
        var hostile = _folder.Write("hostile.json", """
            {
              "images": [{"id": 1, "file_name": "../../evil.jpg", "width": 10, "height": 10}],
              "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 1, 5, 5]}],
              "categories": [{"id": 1, "name": "cat"}]
            }
            """);

        var run = await ToolProcess.RunAsync("convert", hostile, "--to", "voc", "--out", _folder["deep/out"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error NDB6109: ", run.Error, StringComparison.Ordinal);
        Assert.Equal([hostile], Directory.GetFiles(_folder.FullPath, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Yolo_labels_without_class_names_are_refused_clearly()
    {
        _folder.Write("labels/a.txt", "0 0.5 0.5 0.1 0.1\n");

        var run = await ToolProcess.RunAsync("convert", _folder["labels"], "--to", "voc", "--out", _folder["out"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error NDB1062: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_that_are_not_there_are_said_to_be_not_there()
    {
        var run = await ToolProcess.RunAsync("convert", _folder["nothing"], "--to", "voc", "--out", _folder["out"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error NDB6104: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("createml")]
    [InlineData("via")]
    [InlineData("vott")]
    [InlineData("labelstudio")]
    [InlineData("datumaro")]
    public async Task Labels_that_are_only_read_become_boxes_in_pixels_with_the_size_of_their_picture(string tool)
    {
        await File.WriteAllBytesAsync(_folder["a.png"], TinyPng.Bytes(0), TestContext.Current.CancellationToken);
        _folder.Write("labels.json", ToolLabels.Of(tool, "bolt", ["a.png"])!);

        foreach (var path in new[] { _folder["labels.json"], _folder.FullPath })
        {
            var run = await ToolProcess.RunAsync("convert", path, "--to", "voc", "--out", _folder["out"], "--overwrite");
            Assert.Equal((0, "images: 1, objects: 1, classes: 1"), (run.ExitCode, run.Error.Trim()));
            var image = VocReader.Read(_folder["out/a.xml"]);
            Assert.Equal(("bolt", new BoundingBox(16, 12, 48, 36), 64, 48), (image.Objects.Single().ClassName, image.Objects.Single().Box, image.Width, image.Height));
            Directory.Delete(_folder["out"], recursive: true);
        }
    }

    [Theory]
    [InlineData("target/obj.names", "washer\nnut\nbolt\n", "target")]
    [InlineData("target/_darknet.labels", "washer\nnut\nbolt\n", "target")]
    [InlineData("target/data.yaml", "names: [washer, nut, bolt]\n", "target/labels")]
    public async Task Numbers_are_not_written_where_another_list_gives_them_other_classes(string list, string names, string target)
    {
        var path = _folder.Write(list, names);
        foreach (var more in new string[][] { [], ["--overwrite"] })
        {
            var run = await ToolProcess.RunAsync(["convert", Sample, "--to", "yolo", "--out", _folder[target], .. more]);
            Assert.Equal(1, run.ExitCode);
            Assert.Contains($"{path}: error NDB6120: By this list, the numbers of the labels to write would mean other classes; they were not written.", run.Error, StringComparison.Ordinal);
            Assert.False(Directory.Exists(_folder[target]) && Directory.EnumerateFiles(_folder[target], "*.txt").Any());
        }
    }

    [Theory]
    [InlineData("voc", "parts: 1 train, 1 val, in ImageSets/Main")]
    [InlineData("yolo", "parts: 1 train, 1 val, in lists that data.yaml names")]
    public async Task The_parts_go_along_and_come_back(string form, string told)
    {
        KnownLayout.All.Single(layout => layout.Name == "Pascal VOC").Write(_folder);

        var run = await ToolProcess.RunAsync("convert", _folder.FullPath, "--to", form, "--out", _folder["out"]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(" are lost", run.Error, StringComparison.Ordinal);

        // Into one file for each part, from the labels that were written and the pictures alone.
        Directory.CreateDirectory(_folder["parts"]);
        Directory.CreateDirectory(_folder["moved"]);
        Directory.Move(_folder["JPEGImages"], _folder["moved/JPEGImages"]);
        var back = await ToolProcess.RunAsync("convert", _folder["out"], "--images", _folder["moved"], "--to", "coco", "--out", _folder["parts"]);
        Assert.True(back.ExitCode == 0, back.Error);
        Assert.Contains("parts: 1 train, 1 val, each in a file of its own", back.Error, StringComparison.Ordinal);
        Assert.Equal("JPEGImages/1.png", Assert.Single(CocoReader.Read(_folder["parts/instances_train.json"]).Images).FileName);
        Assert.Equal("JPEGImages/2.png", Assert.Single(CocoReader.Read(_folder["parts/instances_val.json"]).Images).FileName);
    }

    [Theory]
    [InlineData("coco", "out.json", "parts: 1 train, 1 val are lost: one COCO file does not say them. Give --out a folder that exists")]
    [InlineData("labelme", "out", "parts: 1 train, 1 val are lost: LabelMe does not say them")]
    public async Task Parts_that_a_form_does_not_say_are_told(string form, string target, string told)
    {
        KnownLayout.All.Single(layout => layout.Name == "Pascal VOC").Write(_folder);
        var run = await ToolProcess.RunAsync("convert", _folder.FullPath, "--to", form, "--out", _folder[target]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_without_their_picture_are_left_out_where_others_have_theirs()
    {
        new KnownLayout("", ["images/1.png", "labels.json=coco:nut 1.png 2.png"], []).Write(_folder);
        using var results = new TestFolder();

        var run = await ToolProcess.RunAsync("convert", _folder.FullPath, "--to", "coco", "--out", results["all.json"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("labels.json(1,", run.Error, StringComparison.Ordinal);
        Assert.Contains("error NDB1020: The image of these labels does not exist; they name '2.png'", run.Error, StringComparison.Ordinal);
        Assert.Contains("left out: images: 1, objects: 1", run.Error, StringComparison.Ordinal);
        Assert.Equal(["images/1.png"], CocoReader.Read(results["all.json"]).Images.Select(image => image.FileName));

        File.Delete(_folder["images/1.png"]);
        run = await ToolProcess.RunAsync("convert", _folder.FullPath, "--to", "coco", "--out", results["all.json"], "--overwrite");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(2, CocoReader.Read(results["all.json"]).Images.Length);
    }

    [Fact]
    public async Task A_folder_without_labels_is_told_with_what_is_in_it()
    {
        new KnownLayout("", ["photos/1.png", "photos/labels.csv=image,xmin"], []).Write(_folder);
        var run = await ToolProcess.RunAsync("convert", _folder.FullPath, "--to", "coco", "--out", _folder["out.json"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error NDB1004: The folder has no file in a known label format", run.Error, StringComparison.Ordinal);
        Assert.Contains("the table 'photos/labels.csv' is not; export the labels as Pascal VOC, COCO or YOLO", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_in_a_folder_of_any_name_find_the_pictures_beside_it()
    {
        KnownLayout.All.Single(layout => layout.Name == "Text in a folder of any name").Write(_folder);
        var run = await ToolProcess.RunAsync("convert", _folder["yolo_txt"], "--to", "coco", "--out", _folder["out.json"]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(["1.png", "2.png"], CocoReader.Read(_folder["out.json"]).Images.Select(image => image.FileName));
    }

    [Theory]
    [InlineData("coco", "COCO")]
    [InlineData("createml", "CreateML")]
    [InlineData("labelstudio", "Label Studio")]
    public async Task Inspect_says_what_a_label_file_is(string tool, string form)
    {
        var run = await ToolProcess.RunAsync("inspect", _folder.Write("x.json", ToolLabels.Of(tool, "bolt", ["1.png"])!), "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        var labels = run.Json.GetProperty("labels");
        Assert.Equal(
            (form, 1, 1, """["bolt"]"""),
            (labels.GetProperty("form").GetString(), labels.GetProperty("images").GetInt32(), labels.GetProperty("objects").GetInt32(), JsonSerializer.Serialize(labels.GetProperty("classes"))));
    }

    [Fact]
    public async Task What_leaves_out_one_form_keeps_the_other_in_the_same_folder()
    {
        new KnownLayout("", [.. Enumerable.Range(0, 6).SelectMany(number => new[] { $"photos/{number}.png", $"photos/{number}.json=labelme:nut" }), "photos/all.json=coco:nut 0.png 1.png 2.png 3.png 4.png 5.png"], []).Write(_folder);
        var run = await ToolProcess.RunAsync("convert", _folder.FullPath, "--to", "voc", "--out", _folder["out"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("<NanoDetAnnotation Remove=\"photos/**/*.json\" /> <NanoDetAnnotation Include=\"photos/all.json\" /> labelme", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Boxes_for_yolo_end_at_the_edge_of_the_image()
    {
        new KnownLayout("", ["images/a.png", "images/b.png", "annotations/a.xml=voc:nut", "annotations/b.xml=voc:nut"], []).Write(_folder);
        foreach (var (name, left, right) in new[] { ("a", 32, 200), ("b", -9, -3) })
        {
            var path = _folder[$"annotations/{name}.xml"];
            var xml = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(path, Regex.Replace(Regex.Replace(xml, "<xmin>.*?<", $"<xmin>{left}<"), "<xmax>.*?<", $"<xmax>{right}<"), TestContext.Current.CancellationToken);
        }

        var run = await ToolProcess.RunAsync("convert", _folder.FullPath, "--to", "yolo", "--out", _folder["out"]);

        Assert.Contains("a.xml(", run.Error, StringComparison.Ordinal);
        Assert.Contains("warning NDB1031: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("warning NDB1032: ", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("0 0.75000000 ", await File.ReadAllTextAsync(Directory.GetFiles(_folder["out"], "a.txt", SearchOption.AllDirectories).Single(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("", await File.ReadAllTextAsync(Directory.GetFiles(_folder["out"], "b.txt", SearchOption.AllDirectories).Single(), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("coko", "did you mean 'coco'?")]
    [InlineData("nonsense", "it takes voc, coco, yolo or labelme.")]
    public async Task A_word_that_no_option_takes_is_told_with_those_that_it_takes(string word, string told)
    {
        var run = await ToolProcess.RunAsync("convert", Sample, "--to", word, "--out", _folder["out"]);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"'{word}' is not a value of --to; {told}", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("NanoDet.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("via")]
    [InlineData("labelstudio")]
    [InlineData("5")]
    public async Task A_form_that_is_only_read_is_refused_with_those_that_are_written(string form)
    {
        var run = await ToolProcess.RunAsync("convert", Sample, "--to", form, "--out", _folder["out"]);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"'{form}' is not a value of --to; it takes voc, coco, yolo or labelme.", run.Error, StringComparison.Ordinal);
    }

    private static string Voc(string fileName, string className) => $"""
        <annotation>
          <filename>{fileName}</filename>
          <size><width>20</width><height>20</height><depth>3</depth></size>
          <object><name>{className}</name><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>10</xmax><ymax>12</ymax></bndbox></object>
        </annotation>
        """;

    // VOC's XML has whole pixels where ImageNet's has fractions of the same boxes.
    private static List<(string, string, BoundingBox)> Rounded(CocoDocument document)
        => [.. CocoConversion.ToLabels(document)
            .SelectMany(image => image.Objects, (image, labeled) => (image.FileName, labeled.ClassName, new BoundingBox(
                Math.Round(labeled.Box.Left), Math.Round(labeled.Box.Top), Math.Round(labeled.Box.Right), Math.Round(labeled.Box.Bottom))))
            .OrderBy(entry => entry.ToString(), StringComparer.Ordinal)];
}
