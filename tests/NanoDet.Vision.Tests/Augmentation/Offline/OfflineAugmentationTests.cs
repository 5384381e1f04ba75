using NanoDet.Core.Diagnostics;
using NanoDet.Data.Augmentation;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Voc;
using NanoDet.Imaging;
using NanoDet.Testing;
using NanoDet.Vision.Augmentation.Offline;

namespace NanoDet.Vision.Tests.Augmentation.Offline;

public sealed class OfflineAugmentationTests : IDisposable
{
    private static readonly OfflineAugmentationOptions Options = new(AugmentationRecipe.ImgaugClassic, Seed: 7) { Threads = 2 };

    private readonly TestFolder _folder = new();

    private string Output => _folder["copies"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_picture_gets_five_copies_that_can_be_opened_with_their_labels()
    {
        var result = Augment([Picture("in/a.jpg", 1), Picture("in/b.png", 2)], Output, Options);
        Assert.Equal((10, 0, 0), (result.Written, result.Kept, result.Removed));
        Assert.Equal("in/a_000001.jpg", result.Copies[0].ImagePath);
        foreach (var copy in result.Copies)
        {
            var labels = VocReader.Read(Path.Combine(Output, copy.LabelPath));
            var image = ImageDecoder.Load(Path.Combine(Output, copy.ImagePath));
            Assert.Equal((image.Width, image.Height), (labels.Width, labels.Height));
            Assert.Equal(Path.GetFileName(copy.ImagePath), labels.FileName);
            Assert.Equal(copy.Labels.Objects.Select(item => (item.ClassName, item.Box)), labels.Objects.Select(item => (item.ClassName, item.Box)));
        }
    }

    [Fact]
    public void Only_the_copies_of_a_changed_picture_are_made_again()
    {
        var pictures = Enumerable.Range(0, 6).Select(i => Picture($"{i}.jpg", i)).ToArray();
        Augment(pictures, Output, Options);
        var before = Stamps();
        pictures[3] = Picture("3.jpg", 99);
        var result = Augment(pictures, Output, Options);
        Assert.Equal((5, 25), (result.Written, result.Kept));
        var changed = Stamps().Where(pair => before[pair.Key] != pair.Value).Select(pair => pair.Key).ToList();
        Assert.Equal(10, changed.Count);
        Assert.All(changed, name => Assert.StartsWith("3_", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Changed_labels_make_the_copies_again_and_changed_formatting_of_the_list_does_not()
    {
        var picture = Picture("a.jpg", 1);
        Augment([picture], Output, Options);
        Assert.Equal(0, Augment([picture with { Labels = picture.Labels with { Location = new("a.xml", 5) } }], Output, Options).Written);
        var relabelled = picture with { Labels = picture.Labels with { Objects = [new("cell", new(10, 10, 30, 40))] } };
        Assert.Equal(5, Augment([relabelled], Output, Options).Written);
    }

    [Fact]
    public void Copies_of_a_removed_picture_go_and_fewer_copies_leave_no_rest()
    {
        SourcePicture[] pictures = [Picture("a.jpg", 1), Picture("b.jpg", 2)];
        Augment(pictures, Output, Options);
        var result = Augment(pictures[..1], Output, Options with { Recipe = Options.Recipe with { Copies = 2 } });
        Assert.Equal(16, result.Removed);
        Assert.Equal(["a_000001.jpg", "a_000001.xml", "a_000002.jpg", "a_000002.xml"], Names());
    }

    [Fact]
    public void Order_and_threads_change_no_byte()
    {
        var pictures = Enumerable.Range(0, 5).Select(i => Picture($"{i}.jpg", i)).ToArray();
        Augment(pictures, Output, Options with { Threads = 1 });
        var expected = Contents(Output);
        foreach (var threads in new[] { 2, 8 })
        {
            var other = _folder[$"copies-{threads}"];
            Augment(pictures.Reverse().ToArray(), other, Options with { Threads = threads, MaxBytes = 1 });
            Assert.Equal(expected, Contents(other));
        }
    }

    [Fact]
    public void A_run_that_was_stopped_is_finished_by_the_next_and_equals_an_undisturbed_one()
    {
        var pictures = Enumerable.Range(0, 12).Select(i => Picture($"{i}.jpg", i)).ToArray();
        using var cancellation = new CancellationTokenSource();
        var progress = new Stopper(cancellation, after: 4);
        Assert.ThrowsAny<OperationCanceledException>(() => OfflineAugmentation.Run(pictures, Output, Options, progress, cancellation.Token));
        // What a killed process leaves behind.
        File.WriteAllText(Path.Combine(Output, $"5_000001.jpg.{Guid.NewGuid():N}.tmp"), "half");
        var result = Augment(pictures, Output, Options);
        Assert.InRange(result.Kept, 15, 40);
        var undisturbed = _folder["undisturbed"];
        Augment(pictures, undisturbed, Options);
        Assert.Equal(Contents(undisturbed), Contents(Output));
    }

    [Fact]
    public void Copies_of_a_picture_that_was_removed_after_a_killed_run_go_too()
    {
        SourcePicture[] pictures = [Picture("a.jpg", 1), Picture("b.jpg", 2)];
        using var cancellation = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(
            () => OfflineAugmentation.Run(pictures, Output, Options with { Threads = 1 }, new Stopper(cancellation, after: 1), cancellation.Token));
        File.WriteAllText(Path.Combine(Output, "b_000001.jpg"), "written, but not yet noted");
        Augment(pictures[..1], Output, Options);
        Assert.DoesNotContain(Names(), name => name.StartsWith('b'));
    }

    [Fact]
    public void A_missing_or_damaged_copy_is_made_again()
    {
        SourcePicture[] pictures = [Picture("a.jpg", 1), Picture("b.jpg", 2)];
        Augment(pictures, Output, Options);
        File.Delete(Path.Combine(Output, "a_000003.xml"));
        File.WriteAllText(Path.Combine(Output, "b_000002.jpg"), "");
        Assert.Equal(10, Augment(pictures, Output, Options).Written);
    }

    [Fact]
    public void A_bad_picture_is_told_at_its_file_and_the_rest_goes_on()
    {
        var corrupt = Picture("b.jpg", 2);
        File.WriteAllBytes(corrupt.File, File.ReadAllBytes(corrupt.File)[..500]);
        corrupt = corrupt with { ContentHash = NanoDet.Data.Fingerprints.ContentHash.OfFile(corrupt.File).ToString() };
        var missing = Picture("c.jpg", 3);
        File.Delete(missing.File);
        var changed = Picture("e.jpg", 5);
        File.AppendAllText(changed.File, "more");
        var result = Augment([Picture("a.jpg", 1), corrupt, missing, Picture("d.jpg", 4), changed], Output, Options);
        Assert.Equal(["NDB1200", "NDB1203", "NDB1206"], result.Diagnostics.Select(diagnostic => diagnostic.Code));
        Assert.Equal(corrupt.File, result.Diagnostics[0].Location?.File);
        Assert.Equal(["a.jpg", "d.jpg"], result.Copies.Select(copy => copy.Source).Distinct());
        Assert.DoesNotContain(Names(), name => name[0] is 'b' or 'c' or 'e');
    }

    [Fact]
    public void Two_pictures_whose_copies_would_share_a_name_are_refused()
    {
        var exception = Assert.Throws<NanoDetException>(
            () => Augment([Picture("a.jpg", 1), Picture("a.png", 2)], Output, Options));
        Assert.Equal("NDB2107", exception.Diagnostic.Code);
    }

    [Fact]
    public void Copies_stay_inside_the_output_folder_whatever_the_pictures_path()
    {
        var picture = Picture("a.jpg", 1);
        var result = Augment([picture with { Path = "../../outside/a.jpg" }, picture with { Path = "C:/pictures/a.jpg" }], Output, Options);
        Assert.Equal(["C_/pictures/a_000001.jpg", "_up/_up/outside/a_000001.jpg"], result.Copies.Where(copy => copy.Index == 1).Select(copy => copy.ImagePath).Order(StringComparer.Ordinal));
        Assert.All(result.Copies, copy => Assert.True(File.Exists(Path.Combine(Output, copy.ImagePath))));
    }

    private static OfflineAugmentationResult Augment(IReadOnlyCollection<SourcePicture> pictures, string output, OfflineAugmentationOptions options)
        => OfflineAugmentation.Run(pictures, output, options, progress: null, TestContext.Current.CancellationToken);

    private SourcePicture Picture(string path, int content)
    {
        var image = new PixelImage(64, 48);
        new Random(content).NextBytes(image.Bytes);
        var file = _folder["source/" + path];
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, ImageEncoder.EncodeFor(path, image));
        var labels = new LabeledImage(path, [new("cell", new(20, 10, 40, 30)), new("cell", new(0, 0, 9, 9)) { Difficult = true }]);
        return new(path, file, ContentHash.OfFile(file).ToString(), 64, 48, labels);
    }

    private string[] Names()
        => [.. Directory.GetFiles(Output).Select(file => Path.GetFileName(file)).Where(name => name != AugmentationRecord.FileName).Order(StringComparer.Ordinal)];

    private Dictionary<string, (DateTime, string)> Stamps()
        => Names().ToDictionary(name => name, name => (File.GetLastWriteTimeUtc(Path.Combine(Output, name)), ContentHash.OfFile(Path.Combine(Output, name)).ToString()));

    private static SortedDictionary<string, string> Contents(string folder)
        => new(Directory.GetFiles(folder).ToDictionary(file => Path.GetFileName(file), file => ContentHash.OfFile(file).ToString()), StringComparer.Ordinal);

    private sealed class Stopper(CancellationTokenSource cancellation, int after) : IProgress<OfflineAugmentationProgress>
    {
        public void Report(OfflineAugmentationProgress value)
        {
            if (value.Done >= after)
            {
                cancellation.Cancel();
            }
        }
    }
}
