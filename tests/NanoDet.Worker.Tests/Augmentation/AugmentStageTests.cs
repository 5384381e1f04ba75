using NanoDet.Data.Datasets;
using NanoDet.Data.Labels.Voc;
using NanoDet.Imaging;
using NanoDet.Testing;
using NanoDet.Vision.Images;

namespace NanoDet.Worker.Tests.Augmentation;

public sealed class AugmentStageTests
{
    [Fact]
    public void The_data_set_with_copies_is_one_that_training_takes()
    {
        using var place = new AugmentationWorkplace();
        place.Add("images/a.jpg", 1);
        place.Add("images/sub/b.png", 2);
        place.AddValidation("images/v.jpg");

        var (code, lines) = place.Augment("copies");

        Assert.True(code == 0, string.Join('\n', lines));
        Assert.StartsWith("NanoDet: augmented images: 10 written, 0 kept; old files removed: 0", lines[^1], StringComparison.Ordinal);
        var dataset = DatasetFile.Read(place["copies/dataset.json"]);
        Assert.Equal((12, 1), (dataset.Of(DatasetPart.Train).Count(), dataset.Of(DatasetPart.Validation).Count()));
        Assert.Equal(dataset.Images.Select(image => image.Path).Order(StringComparer.Ordinal), dataset.Images.Select(image => image.Path));
        foreach (var copy in dataset.Images.Where(image => image.Path.StartsWith("copies/", StringComparison.Ordinal)))
        {
            var cache = new DecodedImageCache(maxBytes: 0);
            Assert.Equal(new PixelSize(160, 120), cache.Load(copy, place[copy.Path]).Size);
            Assert.Equal(NanoDet.Data.Fingerprints.ContentHash.OfFile(place[copy.Path]).ToString(), copy.ContentHash);
            var labels = VocReader.Read(Path.ChangeExtension(place[copy.Path], ".xml"));
            Assert.Equal(labels.Objects.Select(item => item.Box), copy.Objects.Select(item => item.Box));
            Assert.All(labels.Objects, item => Assert.True(item.Difficult));
            Assert.All(copy.Objects, item => Assert.True(item is { Ignored: true, Difficult: true }));
        }
    }

    [Fact]
    public void Names_as_long_as_a_file_system_takes_have_copies_too()
    {
        using var place = new AugmentationWorkplace();
        string[] names = [new string('a', 215), new string('b', 251), $"{new string('b', 250)}c", new string('狗', 70), new string('猫', 83), $"{new string('猫', 82)}x😀"];
        for (var i = 0; i < names.Length; i++)
        {
            place.Add($"images/{names[i]}.{(i % 2 == 0 ? "jpg" : "png")}", i);
        }

        var (code, lines) = place.Augment("copies", copies: 2);
        Assert.True(code == 0, string.Join('\n', lines));
        var dataset = DatasetFile.Read(place["copies/dataset.json"]);
        Assert.Equal(names.Length * 3, dataset.Images.Length);
        Assert.Equal(names.Length * 3, dataset.Images.DistinctBy(image => image.Path.ToUpperInvariant()).Count());
        Assert.All(dataset.Images, image => Assert.True(File.Exists(place[image.Path])));
        Assert.Contains(dataset.Images, image => image.Path == $"copies/images/{names[0]}_000001.jpg");
        var before = place.Contents("copies");

        (code, lines) = place.Augment("again", copies: 2);
        Assert.True(code == 0, string.Join('\n', lines));
        Assert.Equal(before.Where(file => file.Key != "dataset.json"), place.Contents("again").Where(file => file.Key != "dataset.json"));
    }

    [Fact]
    public void A_copy_that_cannot_be_written_ends_in_a_code()
    {
        using var place = new AugmentationWorkplace();
        place.Add("images/a.jpg", 1);
        Directory.CreateDirectory(place["copies/images/a_000003.jpg/in the way"]);

        var (code, lines) = place.Augment("copies");

        Assert.Equal(1, code);
        Assert.Contains("error NDB9051: ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_killed_leaves_nothing_torn_and_the_next_equals_an_undisturbed_one()
    {
        using var place = new AugmentationWorkplace();
        for (var i = 0; i < 60; i++)
        {
            place.Add($"images/{i:D2}.jpg", i, 400, 300);
        }

        using (var process = place.Start("disturbed"))
        {
            while (!process.HasExited && Finished() < 40)
            {
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }

            Assert.False(process.HasExited, "it was done before it could be killed");
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.InRange(Finished(), 40, 299);
        foreach (var file in Directory.GetFiles(place["disturbed/images"]).Where(file => !file.EndsWith(".tmp", StringComparison.Ordinal)))
        {
            // Neither throws.
            _ = file.EndsWith(".xml", StringComparison.Ordinal) ? VocReader.Read(file).Objects.Length : ImageDecoder.Load(file).Width;
        }

        // One goes before the next run: its copies must go too, whether the killed run had noted them or not.
        place.Remove("images/07.jpg");
        Assert.Equal(0, place.Augment("disturbed").ExitCode);
        Assert.Equal(0, place.Augment("undisturbed").ExitCode);
        var expected = place.Contents("undisturbed");
        Assert.Equal((59 * 10) + 1, expected.Count);
        // The list names its own folder.
        Assert.Equal(expected.Where(file => file.Key != "dataset.json"), place.Contents("disturbed").Where(file => file.Key != "dataset.json"));

        int Finished() => Directory.Exists(place["disturbed/images"]) ? Directory.GetFiles(place["disturbed/images"], "*.jpg").Length : 0;
    }

    [Fact]
    public void Every_kind_of_picture_has_right_copies_or_one_code_and_the_rest_goes_on()
    {
        using var place = new AugmentationWorkplace();
        var pictures = Path.Combine(Repository.Root, "tests", "NanoDet.Imaging.Tests", "Pictures");
        string[] names = ["cmyk.jpg", "progressive.jpg", "sixteen-bit.png", "palette-transparent.png", "rgba.png", "bitmap.bmp", "lossless.webp", "animation.gif"];
        foreach (var name in names)
        {
            var image = ImageDecoder.Load(Path.Combine(pictures, name));
            place.Add($"images/{Path.GetFileNameWithoutExtension(name)}-{Path.GetExtension(name)[1..]}{Path.GetExtension(name)}", File.ReadAllBytes(Path.Combine(pictures, name)), image.Width, image.Height);
        }

        // Stored lying down; labelled, and copied, upright.
        var lying = ImageEncoder.EncodeJpeg(new PixelImage(64, 32));
        byte[] exif = [0xFF, 0xE1, 0, 34, .. "Exif\0\0MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
        place.Add("images/turned.jpg", [.. lying[..2], .. exif, .. lying[2..]], 32, 64, orientation: 6);
        Assert.Equal(0, place.Augment("copies", copies: 2).ExitCode);
        var turned = ImageDecoder.Load(place["copies/images/turned_000001.jpg"]);
        Assert.Equal(new PixelSize(32, 64), turned.Size);
        Assert.Equal((names.Length + 1) * 4, Directory.GetFiles(place["copies/images"]).Length);

        // A header that promises 30,000 x 30,000 pixels, half a picture, and text; and a photograph that ends too early, which has copies.
        place.Add("images/corrupt.png", Cut(ImageEncoder.EncodePng), 64, 48);
        place.Add("images/cut.jpg", Cut(image => ImageEncoder.EncodeJpeg(image)), 64, 48);
        place.Add("images/huge.png", TinyPng.Claiming(30_000, 30_000), 30_000, 30_000);
        place.Add("images/text.jpg", "no picture"u8.ToArray(), 64, 32);
        place.Add("images/zebra.jpg", 9);
        var (code, lines) = place.Augment("copies", copies: 2);
        Assert.Equal(1, code);
        Assert.Contains(lines, line => line.StartsWith(place["images/corrupt.png"], StringComparison.Ordinal) && line.Contains("error NDB1200: ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith(place["images/huge.png"], StringComparison.Ordinal) && line.Contains("error NDB1202: ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith(place["images/text.jpg"], StringComparison.Ordinal) && line.Contains("error NDB1201: ", StringComparison.Ordinal));
        Assert.Equal(3, lines.Count(line => line.Contains(": error ", StringComparison.Ordinal)));
        Assert.True(File.Exists(place["copies/images/zebra_000002.xml"]));
        Assert.True(File.Exists(place["copies/images/cut_000002.xml"]));
    }

    private static byte[] Cut(Func<PixelImage, byte[]> encode)
    {
        var image = new PixelImage(64, 48);
        new Random(1).NextBytes(image.Bytes);
        var encoded = encode(image);
        return encoded[..(encoded.Length * 3 / 4)];
    }
}
