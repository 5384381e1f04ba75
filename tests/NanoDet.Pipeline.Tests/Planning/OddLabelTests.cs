using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Pipeline.Planning;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Planning;

/// <summary>What a plan makes of labels as people's tools write them.</summary>
public sealed class OddLabelTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public static TheoryData<string> Names => OddLabels.Names;

    public static TheoryData<string, string, bool> Sets => OddLabels.TracksOrTriangles;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void They_are_read_as_meant(string name)
    {
        var (file, objects) = OddLabels.Write(_folder, name, "labels");
        var plan = Plan(1, $"labels/{file}");

        Assert.DoesNotContain(plan.Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal(objects, Objects());
    }

    [Theory]
    [InlineData("COCO with annotations that have no box", "NDB1009")]
    [InlineData("COCO with an annotation of an image that is not listed", "NDB1019")]
    [InlineData("COCO with a rotated box", "NDB1033")]
    [InlineData("VOC with a rotated box", "NDB1033")]
    [InlineData("YOLO with the same box twice", "NDB1034")]
    [InlineData("VIA with an attribute that is called otherwise", "NDB1018")]
    [InlineData("labels for a picture of twice the size", "NDB1014")]
    public void What_was_made_of_them_is_told_once_also_of_labels_that_are_known_already(string name, string code)
    {
        var (file, _) = OddLabels.Write(_folder, name, "labels");
        var told = Assert.Single(Plan(1, $"labels/{file}").Diagnostics, diagnostic => diagnostic.Code == code);

        // Another picture makes the plan anew; the labels come from the cache.
        Assert.Equal(told, Assert.Single(Plan(2, $"labels/{file}").Diagnostics, diagnostic => diagnostic.Code == code));
        Assert.Equal($"labels/{file}", told.Location!.Value.File);
    }

    [Theory]
    [InlineData("labels/all.json", """{"images":[{"id":1,"file_name":"img0.png"}],"categories":[{"id":1,"name":"bolt"}],"annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[0.25,0.25,0.5,0.5]}]}""", "COCO's")]
    [InlineData("labels/img0.xml", "<annotation><object><name>bolt</name><bndbox><xmin>0.25</xmin><ymin>0</ymin><xmax>1</xmax><ymax>0.5</ymax></bndbox></object></annotation>", "Pascal VOC's")]
    public void Shares_where_pixels_belong_are_told(string file, string labels, string form)
    {
        _folder.Write(file, labels);
        var told = Assert.Single(Plan(1, file).Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal(("NDB1010", $"The labels seem to be {form} with shares of the image instead of pixels, which is not read; export the coordinates in pixels, or multiply them by the width and height of the image"), (told.Code, told.Message));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void A_set_shows_whether_a_line_is_a_track_or_a_triangle(string other, string objects, bool isGuess)
    {
        _folder.Write("labels/classes.txt", OddLabels.Classes);
        _folder.Write("labels/img0.txt", OddLabels.TrackOrTriangle);
        _folder.Write("labels/img1.txt", other);
        var inputs = Inputs(1, "labels/img0.txt");

        var plan = Plan(inputs with { Images = [inputs.Images[0], inputs.Images[1] with { Negative = false }], Annotations = ["labels/img0.txt", "labels/img1.txt"] });

        Assert.DoesNotContain(plan.Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal(isGuess ? 1 : 0, plan.Diagnostics.Count(diagnostic => diagnostic.Code == "NDB1018"));
        Assert.Equal(objects, Objects());
    }

    [Theory]
    [InlineData("0 0,5 0,5 0,25 0,25\n", "write this line as '0 0.5 0.5 0.25 0.25'")]
    [InlineData("1;0,5;0,5;0,25;0,25\n", "write this line as '1 0.5 0.5 0.25 0.25'")]
    public void Decimal_commas_are_told_with_the_line_to_write(string text, string told)
    {
        _folder.Write("labels/classes.txt", OddLabels.Classes);
        _folder.Write("labels/img0.txt", text);
        var error = Assert.Single(Plan(1, "labels/img0.txt").Diagnostics, diagnostic => diagnostic.Code == "NDB1010");
        Assert.EndsWith(told, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("labels/img7.txt", "0 0.5 0.5 0.25 0.25\n")]
    [InlineData("labels/img7.xml", "<annotation><filename>x.jpg</filename></annotation>")]
    [InlineData("labels/all.json", """{"images":[{"id":1,"file_name":"img7.heic"}],"categories":[{"id":1,"name":"bolt"}],"annotations":[]}""")]
    public void A_picture_in_a_form_that_is_not_read_is_named(string file, string labels)
    {
        _folder.Write("labels/classes.txt", OddLabels.Classes);
        _folder.Write(file, labels);
        _folder.Write("img7.heic", "x");
        _folder.Write("labels/img7.heic", "x");
        var told = Assert.Single(Plan(1, file).Diagnostics, diagnostic => diagnostic.Code == "NDB1020");
        Assert.Contains("labels/img7.heic', in a form that is not read", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Objects_that_are_too_small_at_the_input_are_counted()
    {
        _folder.Write("labels/img0.xml", TinyVoc.Xml("img0.png", "bolt").Replace("<xmin>4<", "<xmin>29.5<", StringComparison.Ordinal));
        var inputs = Inputs(1, "labels/img0.xml");

        Assert.Contains(Plan(inputs with { Overrides = inputs.Overrides.Add("NanoDetInputSize", "320") }).Diagnostics, diagnostic => diagnostic.Code == "NDB1036" && diagnostic.Message.StartsWith("1 of 1 objects are less than 4 pixels", StringComparison.Ordinal));
        Assert.DoesNotContain(Plan(inputs with { Overrides = inputs.Overrides.Add("NanoDetInputSize", "640") }).Diagnostics, diagnostic => diagnostic.Code == "NDB1036");
    }

    private PlanResult Plan(int pictures, string labels) => Plan(Inputs(pictures, labels));

    private static PlanResult Plan(PlanInputs inputs) => new Planner(inputs).Run(TestContext.Current.CancellationToken);

    private PlanInputs Inputs(int pictures, string labels)
    {
        Directory.CreateDirectory(_folder["images"]);
        for (var i = 0; i <= pictures; i++)
        {
            File.WriteAllBytes(_folder[$"images/img{i}.png"], TinyPng.Bytes(i));
        }

        return new(_folder.FullPath, _folder["obj"])
        {
            Images =
            [
                new PlanImage("images/img0.png") { Part = DatasetPart.Train },
                .. Enumerable.Range(1, pictures).Select(i => new PlanImage($"images/img{i}.png") { Part = DatasetPart.Validation, Negative = true }),
            ],
            Annotations = [labels],
            ClassFile = labels.EndsWith(".txt", StringComparison.Ordinal) ? "labels/classes.txt" : null,
        };
    }

    private string Objects()
    {
        var dataset = DatasetFile.Read(_folder["obj/dataset.json"]);
        return string.Join(';', dataset.Images[0].Objects.Select(item => FormattableString.Invariant(
            $"{dataset.Classes[item.Label]} {item.Box.Left:0} {item.Box.Top:0} {item.Box.Right:0} {item.Box.Bottom:0}")));
    }
}
