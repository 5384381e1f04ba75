using NanoDet.Core.Diagnostics;
using NanoDet.Data.Labels;
using NanoDet.Data.Pairing;

namespace NanoDet.Data.Tests.Pairing;

/// <summary>Which image labels are given to, where only names count.</summary>
public sealed class LabelPairingTests
{
    [Theory]
    [InlineData("train/_annotations.coco.json", "1.jpg", "train/1.jpg valid/1.jpg", "train/1.jpg")]
    [InlineData("train/annotations/a.json", "1.jpg", "train/images/1.jpg valid/images/1.jpg", "train/images/1.jpg")]
    [InlineData("annotations/instances_val2017.json", "1.jpg", "train2017/1.jpg val2017/1.jpg", "val2017/1.jpg")]
    [InlineData("annotations/a.json", "images/1.jpg", "images/1.jpg old/images/1.jpg", "images/1.jpg")]
    [InlineData("annotations/a.json", "north/1.jpg", "images/north/1.jpg images/south/1.jpg", "images/north/1.jpg")]
    [InlineData("annotations/a.json", "../images/1.jpg", "images/1.jpg old/images/1.jpg", "images/1.jpg")]
    [InlineData("annotations/a.json", "./images/1.jpg", "images/1.jpg", "images/1.jpg")]
    [InlineData("annotations/a.json", "C:\\data\\images\\1.jpg", "images/1.jpg", "images/1.jpg")]
    [InlineData("annotations/a.json", "my%20image.jpg", "images/my image.jpg", "images/my image.jpg")]
    [InlineData("annotations/a.json", "north%2F1.jpg", "images/north/1.jpg images/south/1.jpg", "images/north/1.jpg")]
    [InlineData("annotations/a.json", "100%25.jpg", "images/100%25.jpg images/100%.jpg", "images/100%25.jpg")]
    [InlineData("annotations/a.json", "IMG_1.JPG", "images/img_1.jpg", "images/img_1.jpg")]
    [InlineData("annotations/a.json", "cafe\u0301.jpg", "images/caf\u00e9.jpg", "images/caf\u00e9.jpg")]
    [InlineData("annotations/a.json", "caf\u00e9.jpg", "images/cafe\u0301.jpg", "images/cafe\u0301.jpg")]
    public void A_name_in_a_file_about_many_images_finds_its_image(string file, string name, string images, string expected)
    {
        var (paired, diagnostics) = Pair(images.Split(' ').Length == 2 && images.Contains("my image", StringComparison.Ordinal) ? [images] : images.Split(' '), (file, [name]));
        Assert.Empty(diagnostics);
        Assert.Equal([$"{name} -> {expected}"], paired);
    }

    [Theory]
    [InlineData("annotations/IMG_1.xml", "images/img_1.jpg", "images/img_1.jpg")]
    [InlineData("annotations/cafe\u0301.xml", "images/caf\u00e9.jpg", "images/caf\u00e9.jpg")]
    [InlineData("Annotations/North/1.xml", "images/north/1.jpg images/south/1.jpg", "images/north/1.jpg")]
    [InlineData("annotations/a.xml", "images/A.jpg images/a.jpg", "images/a.jpg")]
    public void A_file_about_one_image_finds_it_without_case_and_in_composed_letters(string file, string images, string expected)
    {
        var (paired, diagnostics) = Pair(images.Split(' '), (file, null));
        Assert.Empty(diagnostics);
        Assert.Equal([$" -> {expected}"], paired);
    }

    [Theory]
    [InlineData("annotations/night/1.xml", "images/1.jpg images/night/2.jpg", "NDB1024")]
    [InlineData("annotations/a.xml", "images/b.jpg", "NDB1020")]
    [InlineData("annotations/B.xml", "images/bB/b.jpg images/cC/b.jpg", "NDB1022")]
    public void A_file_whose_own_image_is_missing_gets_no_other_one(string file, string images, string code)
    {
        var (paired, diagnostics) = Pair(images.Split(' '), (file, null));
        Assert.Equal(code, Assert.Single(diagnostics).Code);
        Assert.Empty(paired);
    }

    [Theory]
    [InlineData("images/1.jpg images/2.jpg images/3.jpg", "a/1.xml a/2.xml a/3.xml b/1.xml b/2.xml b/3.xml", "images/1.jpg: error NDB1022: It is not clear which file belongs to this one: both 'a/1.xml' and 'b/1.xml' fit. The same is so for 2 more")]
    [InlineData("images/1.jpg images/2.jpg images/1.png images/2.png", "labels/1.xml labels/2.xml", "labels/1.xml: error NDB1022: It is not clear which file belongs to this one: both 'images/1.jpg' and 'images/1.png' fit. The same is so for 1 more")]
    [InlineData("images/1.jpg images/2.jpg", "labels/a.json=1.jpg,2.jpg labels/b.json=1.jpg,2.jpg", "images/1.jpg: error NDB1022: It is not clear which file belongs to this one: both 'labels/a.json' and 'labels/b.json' fit. The same is so for 1 more")]
    [InlineData("images/1.jpg images/2.jpg", "labels/a.json=1.jpg,2.jpg,1.jpg,2.jpg", "labels/a.json: error NDB1022: Another entry of this file is about the same image, 'images/1.jpg'. Delete one, or write the folders of both images into their names. The same is so for 1 more")]
    public void What_has_one_cause_is_told_once(string images, string files, string told)
    {
        var (_, diagnostics) = Pair(images.Split(' '), [.. files.Split(' ').Select(file => file.Split('=')).Select(file => (file[0], file.Length > 1 ? file[1].Split(',') : null))]);
        Assert.Equal(told, Assert.Single(diagnostics).ToString());
    }

    [Fact]
    public void A_name_of_one_part_is_not_found_in_another_part()
    {
        var (paired, diagnostics) = Pair(["train2017/1.jpg", "val2017/1.jpg", "val2017/2.jpg"], ("annotations/instances_train2017.json", ["1.jpg", "2.jpg"]));
        Assert.Equal("NDB1024", Assert.Single(diagnostics).Code);
        Assert.Equal(["1.jpg -> train2017/1.jpg"], paired);
    }

    [Fact]
    public void Files_of_the_same_names_in_many_folders_each_find_their_own_image()
    {
        string[] layouts = ["annotations/{0}/{1}.xml images/{0}/{1}.jpg", "{0}/{1}.xml {0}/{1}.jpg", "{0}/labels/{1}.xml {0}/images/{1}.jpg", "labels/{0}/{1}.xml data/2024/{0}/{1}.jpg"];
        foreach (var layout in layouts)
        {
            var pairs = Enumerable.Range(0, 40).SelectMany(folder => Enumerable.Range(0, 5), (folder, number) => string.Format(null, layout, $"f{folder}", number).Split(' ')).ToList();
            var diagnostics = new List<Diagnostic>();
            var pairing = new LabelPairing([.. pairs.Select(pair => pair[1])], [.. pairs.Select(pair => pair[0])]);
            foreach (var pair in pairs)
            {
                pairing.Add(new(LabelFormat.Voc, [new LabeledImage(pair[0], [])]), pair[0], diagnostics);
            }

            Assert.Empty(diagnostics);
            Assert.Equal(pairs.Select(pair => pair[0]), pairing.Labels.Select(labels => labels?.FileName));
        }
    }

    private static (List<string> Paired, List<Diagnostic> Diagnostics) Pair(string[] images, params (string File, string[]? Names)[] files)
    {
        var diagnostics = new List<Diagnostic>();
        var pairing = new LabelPairing(images, [.. files.Where(file => file.Names is null).Select(file => file.File)]);
        foreach (var (file, names) in files)
        {
            pairing.Add(new(names is null ? LabelFormat.Voc : LabelFormat.Coco, [.. (names ?? [""]).Select(name => new LabeledImage(name, []))]), file, diagnostics);
        }

        diagnostics.AddRange(pairing.Ambiguous);
        return ([.. pairing.Labels.Zip(images).Where(pair => pair.First is not null).Select(pair => $"{pair.First!.FileName} -> {pair.Second}")], diagnostics);
    }
}
