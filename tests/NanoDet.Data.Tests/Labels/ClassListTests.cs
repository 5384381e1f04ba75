using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Coco;
using NanoDet.Data.Labels.LabelMe;
using NanoDet.Data.Labels.Voc;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Labels;

public sealed class ClassListTests
{
    [Fact]
    public void A_file_lists_a_name_a_line()
    {
        using var folder = new TestFolder();

        Assert.Equal(["cat", "traffic light", "狗"], ClassList.FromFile(folder.Write("classes.txt", "\uFEFFcat\r\n traffic light \r\n狗\n\n \n")).Names);
    }

    [Theory]
    [InlineData("cat\n\ndog\n", 2)] // labelImg and darknet count it, Ultralytics does not.
    [InlineData("\ncat\n", 1)]
    [InlineData("cat\n# pets\ndog\n", 2)]
    [InlineData("0 cat\n1 dog\n", 1)]
    [InlineData("1: cat\n2: dog\n", 1)]
    [InlineData("1. cat\n2. dog\n", 1)]
    [InlineData("1) cat\n2) dog\n", 1)]
    [InlineData("cat 0\ndog 1\n", 1)]
    [InlineData("\"cat\",\n\"dog\"\n", 1)]
    [InlineData("'cat'\n'dog'\n", 1)]
    [InlineData("cat,\ndog\n", 1)]
    [InlineData("- cat\n- dog\n", 1)]
    [InlineData("* cat\n", 1)]
    [InlineData("cat,dog\n", 1)]
    [InlineData("['cat', 'dog']\n", 1)]
    [InlineData("names:\n- cat\n", 1)]
    public void A_line_that_is_no_name_is_refused(string content, int line)
    {
        using var folder = new TestFolder();
        var path = folder.Write("classes.txt", content);

        var diagnostic = Assert.Throws<NanoDetException>(() => ClassList.FromFile(path)).Diagnostic;

        Assert.Equal(("NDB1064", new SourceLocation(path, line, 1)), (diagnostic.Code, diagnostic.Location!.Value));
    }

    [Fact]
    public void Names_may_begin_with_numbers()
    {
        using var folder = new TestFolder();
        Assert.Equal(["1 euro", "2 euro"], ClassList.FromFile(folder.Write("classes.txt", "1 euro\n2 euro\n")).Names);
    }

    [Fact]
    public void What_looks_the_same_is_one_class_in_every_form()
    {
        const string Decomposed = " cafe\u0301\u00A0";
        var voc = VocReader.Read(Encoding.UTF8.GetBytes($"<annotation><object><name>{Decomposed}</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></object></annotation>"), "a.xml");
        var coco = CocoReader.Read(Encoding.UTF8.GetBytes($"{{\"images\": [], \"annotations\": [], \"categories\": [{{\"id\": 1, \"name\": \"{Decomposed}\"}}]}}"), "a.json");
        var labelMe = LabelMeReader.Read(Encoding.UTF8.GetBytes($"{{\"imagePath\": \"a.png\", \"shapes\": [{{\"label\": \"{Decomposed}\", \"points\": [[1, 1], [2, 2]]}}]}}"), "a.json");

        string[] names = [voc.Objects[0].ClassName, coco.Categories[0].Name, labelMe.Objects[0].ClassName, ClassList.FromNames([Decomposed]).Names[0]];
        Assert.All(names, name => Assert.Equal("café", name));
        Assert.Equal(0, ClassList.FromNames(["coffee", "tea"]).WithAliases([(Decomposed, " coffee")]).IndexOf("café"));
    }

    [Theory]
    [InlineData("bolt", "bo\u200blt")]
    [InlineData("bolt", "\ufeffbolt\u200e")]
    [InlineData("hex bolt", "hex bo\u00adlt\u2009")]
    [InlineData("bolt", "\u2061b\u2062o\u2063l\u2064t")]
    [InlineData("bolt", "\u115f\u1160bolt\u3164\uffa0")]
    [InlineData("bolt", "\u2800bolt\u2800")]
    [InlineData("bolt", "\ufe0fbol\ufe0et\ufe00")]
    [InlineData("\u2764\ufe0f bolt", "\u2764\ufe0f bolt\ufe0f")]
    [InlineData("1\ufe0f\u20e3", "1\ufe0f\u20e3\u200b")]
    [InlineData("R \u03a9", "R \u2126")]
    [InlineData("\u1ead", "a\u0302\u0323")]
    public void What_nobody_can_tell_apart_is_one_name(string name, string other)
    {
        Assert.Equal(name, ClassName.Plain(other));
        Assert.Equal("NDB1043", Assert.Throws<NanoDetException>(() => ClassList.FromNames([name, other])).Diagnostic.Code);
    }

    [Theory]
    [InlineData("car", "Car", "their letters differ in case")]
    [InlineData("car", "\u0441ar", "they differ in characters that look alike or cannot be seen (U+0063 and U+0441)")]
    [InlineData("bolt", "bolt\u200d", "they differ in characters that look alike or cannot be seen (nothing and U+200D)")]
    [InlineData("hex bolt", "hex\u00a0bolt", "they differ in characters that look alike or cannot be seen (U+0020 and U+00A0)")]
    [InlineData("hex bolt", "hex  bolt", "they differ in characters that look alike or cannot be seen (nothing and U+0020)")]
    [InlineData("car", "\uff43\uff41\uff52", "they differ in characters that look alike or cannot be seen (U+0063 and U+FF43)")]
    [InlineData("bolt", "bo\u200dlt", "they differ in characters that look alike or cannot be seen (nothing and U+200D)")]
    [InlineData("Bo\u200dlt", "bolt", "they differ in characters that look alike or cannot be seen (U+200D and nothing)")]
    [InlineData("Car", "c\u0430r", "they differ in characters that look alike or cannot be seen (U+0061 and U+0430)")]
    [InlineData("hex bolt", "hex\u2800bolt", "they differ in characters that look alike or cannot be seen (U+0020 and U+2800)")]
    [InlineData("\u2764", "\u2764\ufe0f", "they differ in characters that look alike or cannot be seen (nothing and U+FE0F)")]
    [InlineData("car", "cat", null)]
    [InlineData("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u062e\u200c\u0627", null)]
    public void What_looks_alike_is_two_classes_and_told(string one, string other, string? reason)
    {
        Assert.Equal(reason, ClassName.Likeness(one, other));
        var told = new List<Diagnostic>();
        LabeledImage Labels(string name) => new("1.png", [new(name, new(1, 1, 9, 9))]);
        var classes = ClassList.FromFiles([new(LabelFormat.Voc, [Labels(one), Labels(other)])], told);
        Assert.Equal(2, classes.Names.Length);
        Assert.Equal(reason is null ? [] : ["NDB1049"], told.Select(diagnostic => diagnostic.Code));
    }

    [Fact]
    public void A_name_is_compared_with_the_one_that_is_spelt_most_like_it()
    {
        var told = new List<Diagnostic>();
        ClassList.FromFiles([new(LabelFormat.Voc, [new("1.png", [.. new[] { "BOLT", "bolt", "bolt\u200d" }.Select(name => new LabeledObject(name, new(1, 1, 9, 9)))])])], told);
        Assert.Equal(
            ["'BOLT' and 'bolt' are two classes, because their letters differ in case", "'bolt' and 'bolt\u200d' are two classes, because they differ in characters that look alike or cannot be seen (nothing and U+200D)"],
            told.Select(diagnostic => diagnostic.Message.Split(". ")[0]));
    }

    [Fact]
    public void A_name_that_is_listed_twice_is_shown_at_its_line()
    {
        using var folder = new TestFolder();
        var path = folder.Write("classes.txt", "cat\ndog\ncat\n");

        var diagnostic = Assert.Throws<NanoDetException>(() => ClassList.FromFile(path)).Diagnostic;

        Assert.Equal(("NDB1043", new SourceLocation(path, 3, 1)), (diagnostic.Code, diagnostic.Location!.Value));
    }

    [Fact]
    public void No_name_is_an_error()
        => Assert.Equal("NDB1044", Assert.Throws<NanoDetException>(() => ClassList.FromLabels([])).Diagnostic.Code);

    [Fact]
    public void Labels_give_their_classes_sorted()
        => Assert.Equal(["Cat", "cat", "zebra"], ClassList.FromLabels(Labeled("zebra", "cat", "Cat", "zebra")).Names);

    [Fact]
    public void Classes_that_files_list_come_first_in_the_order_of_the_files()
    {
        LabelFileContent[] files =
        [
            new(LabelFormat.Coco, [new("a.jpg", [])]) { Classes = ["things", "dog"] },
            new(LabelFormat.Coco, [.. Labeled("dog")]) { Classes = ["zebra", "dog"] },
            new(LabelFormat.Coco, [.. Labeled("cat")]) { Classes = ["dog", "cat"] },
            new(LabelFormat.Voc, [.. Labeled("fox", "ant")]),
        ];
        Assert.Equal(["zebra", "dog", "cat", "ant", "fox"], ClassList.NamesIn(files));
        Assert.Equal(["things", "dog"], ClassList.NamesIn(files[..1]));
    }

    [Theory]
    [InlineData("Platelet", "Platelets")]
    [InlineData("wbc", "WBC")]
    [InlineData("giraffe", null)]
    public void A_mistyped_name_is_guessed(string written, string? meant)
        => Assert.Equal(meant, ClassList.FromNames(["RBC", "WBC", "Platelets"]).Suggest(written));

    private static LabeledImage[] Labeled(params string[] names) => [new("a.jpg", [.. names.Select(name => new LabeledObject(name, new(0, 0, 1, 1)))])];

    [Theory]
    [InlineData("gb2312", "nut\n螺栓\n", 2)]
    [InlineData("windows-1252", "nut\nbolt\nStück\n", 3)]
    [InlineData("utf-16", "nut\nbolt\n", 1)]
    [InlineData("utf-16", "猫\n犬\n", 2)] // the first zero is that of the end of a line
    public void A_file_in_an_unknown_encoding_is_refused_at_its_line(string encoding, string names, int line)
    {
        using var folder = new TestFolder();
        var path = folder.Write("classes.txt", "");
        File.WriteAllBytes(path, (CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding)).GetBytes(names));

        var diagnostic = Assert.Throws<NanoDetException>(() => ClassList.FromFile(path)).Diagnostic;
        Assert.Equal(("NDB1047", new SourceLocation(path, line, 1)), (diagnostic.Code, diagnostic.Location));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void A_mark_says_the_encoding(string encoding)
    {
        using var folder = new TestFolder();
        var path = folder.Write("classes.txt", "");
        File.WriteAllBytes(path, [.. Encoding.GetEncoding(encoding).GetPreamble(), .. Encoding.GetEncoding(encoding).GetBytes("猫\r\nStück\r\n")]);

        Assert.Equal(["猫", "Stück"], ClassList.FromFile(path).Names);
    }

    [Fact]
    public void Aliases_are_other_names_of_a_class()
    {
        var classes = ClassList.FromNames(["car", "truck"]).WithAliases([("auto", "car"), ("lorry", "truck"), ("auto", "car"), ("car", "car")]);

        Assert.Equal([0, 0, 1, 1, -1], new[] { "car", "auto", "truck", "lorry", "bus" }.Select(classes.IndexOf));
        Assert.Equal(["car", "truck"], classes.Names);
        Assert.Equal(["car", "truck", "bus"], classes.Rename(new("a.jpg", [new("auto", default), new("truck", default), new("bus", default)])).Objects.Select(labeled => labeled.ClassName));
    }

    [Theory]
    [InlineData("auto", "truck", "'auto' is an alias of the class 'truck', but means 'car' too")]
    [InlineData("car", "truck", "'car' is an alias of the class 'truck', but means 'car' too")]
    public void An_alias_means_one_class(string alias, string className, string message)
    {
        var diagnostic = Assert.Throws<NanoDetException>(() => ClassList.FromNames(["car", "truck"]).WithAliases([("auto", "car"), (alias, className)], new("a.proj"))).Diagnostic;

        Assert.Equal(("NDB1048", message, new SourceLocation("a.proj")), (diagnostic.Code, diagnostic.Message, diagnostic.Location));
    }
}
