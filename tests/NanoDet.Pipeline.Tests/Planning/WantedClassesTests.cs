using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Validation;
using NanoDet.Pipeline.Planning;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Planning;

/// <summary>Training on some of the classes of a data set, and on several names of one class, without a change of the labels.</summary>
public sealed class WantedClassesTests : IDisposable
{
    private const string Coco = """
        {"images":[{"id":1,"file_name":"img0.png"},{"id":2,"file_name":"img1.png"}],
         "categories":[{"id":1,"name":"person"},{"id":2,"name":"car"},{"id":3,"name":"auto"}],
         "annotations":[{"image_id":1,"category_id":1,"bbox":[1,2,10,10]},{"image_id":1,"category_id":2,"bbox":[4,4,20,20]},{"image_id":1,"category_id":3,"bbox":[4,4,20,20]},
          {"image_id":2,"category_id":3,"bbox":[8,8,20,20]}]}
        """;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Only_the_listed_classes_are_learnt_where_others_are_ignored()
    {
        var inputs = Inputs(Coco) with { Classes = ["person"] };

        Assert.Contains(Plan(inputs).Diagnostics, diagnostic => diagnostic.Code == "NDB1040");
        Assert.DoesNotContain(Plan(Ignoring(inputs)).Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal(["person 1 2 11 12", ""], Objects());
    }

    [Fact]
    public void Names_of_one_class_are_that_class_and_the_same_box_under_two_of_them_is_one_object()
    {
        var plan = Plan(Inputs(Coco) with { Classes = ["car", "person"], Aliases = [("auto", "car")] });

        Assert.Equal("NDB1034", Assert.Single(plan.Diagnostics, diagnostic => diagnostic.Location?.File == "annotations/all.json").Code);
        Assert.Equal(["car 4 4 24 24;person 1 2 11 12", "car 8 8 28 28"], Objects());
    }

    [Fact]
    public void The_numbers_of_YOLO_count_all_classes_of_the_data_set()
    {
        _folder.Write("labels/img0.txt", "2 0.5 0.5 0.5 0.5\n0 0.25 0.25 0.25 0.25\n");
        _folder.Write("labels/img1.txt", "1 0.5 0.5 0.25 0.25\n");
        _folder.Write("classes.txt", "person\ncar\nauto\n");
        var inputs = Ignoring(Inputs(Coco) with { Annotations = ["labels/img0.txt", "labels/img1.txt"], ClassFile = "classes.txt", Classes = ["car"], Aliases = [("auto", "car")], Model = Model with { Lint = LintWay.Model } });

        Assert.DoesNotContain(Plan(inputs).Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal(["car 16 12 48 36", "car 24 18 40 30"], Objects());
        Assert.Equal("classes.txt", LabelPlaces.Read(_folder["obj/places.json"]).ClassFile);

        Plan(inputs with { Classes = ["person", "car", "auto"], Aliases = [], Policy = new() });
        Assert.Null(LabelPlaces.Read(_folder["obj/places.json"]).ClassFile);
    }

    [Fact]
    public void What_gives_the_same_objects_trains_nothing_again()
    {
        var inputs = Inputs(Coco.Replace("\"auto\"", "\"car 2\"", StringComparison.Ordinal)) with { Classes = ["car", "person"], Aliases = [("car 2", "car")], Model = Model };
        var before = Keys(Plan(inputs));

        _folder.Write("annotations/all.json", Coco);
        Assert.Equal(before, Keys(Plan(inputs with { Aliases = [("auto", "car"), ("unused", "person")] })));
        Assert.NotEqual(before, Keys(Plan(Ignoring(inputs with { Aliases = [] }))));
    }

    private static ModelInputs Model => new() { Threads = 2, Device = "cpu", Precision = "single", Version = "1.0.0", Incremental = new() };

    private static PlanInputs Ignoring(PlanInputs inputs) => inputs with { Policy = inputs.Policy with { OtherClasses = OtherClassPolicy.Ignore } };

    private static PlanResult Plan(PlanInputs inputs) => new Planner(inputs).Run(TestContext.Current.CancellationToken);

    private static List<string> Keys(PlanResult plan) => [.. plan.Stages.Select(stage => $"{stage.Name} {stage.Key}")];

    private PlanInputs Inputs(string coco)
    {
        _folder.Write("annotations/all.json", coco);
        Directory.CreateDirectory(_folder["images"]);
        for (var i = 0; i < 2; i++)
        {
            File.WriteAllBytes(_folder[$"images/img{i}.png"], TinyPng.Bytes(i));
        }

        return new(_folder.FullPath, _folder["obj"])
        {
            Images = [new PlanImage("images/img0.png") { Part = DatasetPart.Train }, new PlanImage("images/img1.png") { Part = DatasetPart.Validation }],
            Annotations = ["annotations/all.json"],
        };
    }

    private List<string> Objects()
    {
        var dataset = DatasetFile.Read(_folder["obj/dataset.json"]);
        return [.. dataset.Images.Select(image => string.Join(';', image.Objects.Select(item => FormattableString.Invariant(
            $"{dataset.Classes[item.Label]} {item.Box.Left:0} {item.Box.Top:0} {item.Box.Right:0} {item.Box.Bottom:0}"))))];
    }
}
