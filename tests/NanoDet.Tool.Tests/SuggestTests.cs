using NanoDet.Imaging;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

/// <summary><c>nanodet suggest</c>, with a model whose scores are the colours of a picture.</summary>
public sealed class SuggestTests : IDisposable
{
    // The scores that the model gives to black and to white, about.
    private const string OfBlack = "0.14";
    private const string OfWhite = "0.93";

    private readonly TestFolder _folder = new();
    private readonly string _model;

    public SuggestTests() => _model = MosaicModel.Write(_folder["model.onnx"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_the_model_is_least_sure_about_comes_first_and_what_is_like_it_last()
    {
        Picture("photos/black1.png", 0);
        Picture("photos/black2.png", 0);
        Picture("photos/white1.png", 255);
        Picture("photos/white2.png", 255);

        Assert.Equal(["black1", "white1"], await SuggestedAsync(OfBlack, "--count", "2"));
        Assert.Equal(["white1", "black1"], await SuggestedAsync(OfWhite, "--count", "2"));
        Assert.Equal(["white1", "black1", "black2", "white2"], await SuggestedAsync(OfWhite));
    }

    [Fact]
    public async Task Being_odd_does_not_bring_an_image_before_more_uncertain_ones()
    {
        foreach (var brightness in new byte[] { 255, 220, 175, 0 })
        {
            Picture($"photos/{brightness}.png", brightness);
        }

        Assert.Equal(["255", "220", "175", "0"], await SuggestedAsync(OfWhite));
    }

    [Fact]
    public async Task Json_says_how_uncertain_the_model_is()
    {
        Picture("photos/black.png", 0);
        Picture("photos/white.png", 255);
        File.WriteAllText(_folder["photos/none.png"], "no picture");

        var run = await ToolProcess.RunAsync("suggest", _model, _folder["photos"], "--score", OfBlack, "--json", "--quiet");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{_folder["photos/none.png"]}: error NDB12", run.Error, StringComparison.Ordinal);
        Assert.Equal([_folder["photos/black.png"], _folder["photos/white.png"]], run.Json.EnumerateArray().Select(image => image.GetProperty("path").GetString()));
        double[] uncertainties = [.. run.Json.EnumerateArray().Select(image => image.GetProperty("uncertainty").GetDouble())];
        Assert.True(uncertainties[0] > 2 * uncertainties[1], string.Join(", ", uncertainties));
        Assert.True(run.Json[1].GetProperty("objects").GetInt32() > 10);
    }

    [Theory]
    [InlineData("photos", "photos")]
    [InlineData("images", "annotations")]
    public async Task What_is_labelled_is_left_out(string images, string labels)
    {
        for (var i = 0; i < 3; i++)
        {
            Picture($"set/{images}/{i}.png", 0);
        }

        _folder.Write($"set/{labels}/1.xml", TinyVoc.Xml("1.png", "green"));
        foreach (var named in new[] { "set", $"set/{images}" })
        {
            var run = await ToolProcess.RunAsync("suggest", _model, _folder[named], "--quiet");

            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            Assert.Equal(["0.png", "2.png"], run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(path => Path.GetFileName(path)));
        }
    }

    [Fact]
    public async Task Another_image_of_the_same_name_and_its_labels_stay_unless_the_user_says_otherwise()
    {
        Picture("photos/a.png", 0);
        Picture("next/a.png", 255);
        var before = File.ReadAllBytes(_folder["next/a.png"]);

        var kept = await ToolProcess.RunAsync("suggest", _model, _folder["photos"], "--out", _folder["next"], "--quiet");

        Assert.Equal(1, kept.ExitCode);
        Assert.Contains($"{_folder["next/a.png"]}: error NDB6117: ", kept.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder["next/a.png"]));
        Assert.False(File.Exists(_folder["next/a.xml"]));

        foreach (var _ in new[] { 1, 2 })
        {
            Assert.Equal((0, ""), await ReplaceAsync());
        }

        Assert.Equal(File.ReadAllBytes(_folder["photos/a.png"]), File.ReadAllBytes(_folder["next/a.png"]));
        Assert.True(File.Exists(_folder["next/a.xml"]));

        File.WriteAllText(_folder["file"], "");
        var refused = await ToolProcess.RunAsync("suggest", _model, _folder["photos"], "--out", _folder["file"], "--quiet");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("error NDB6105: ", refused.Error, StringComparison.Ordinal);

        async Task<(int ExitCode, string Error)> ReplaceAsync()
        {
            var run = await ToolProcess.RunAsync("suggest", _model, _folder["photos"], "--out", _folder["next"], "--quiet", "--overwrite");
            return (run.ExitCode, run.Error);
        }
    }

    [Fact]
    public async Task Guesses_in_the_folder_of_a_project_are_told()
    {
        Picture("parts/photos/a.png", 0);
        _folder.Write("parts/Parts.proj", """<Project Sdk="NanoDet.Build/1.0.0" />""");
        _folder.Write("other/Other.csproj", """<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="NanoDet.Detection" /></ItemGroup></Project>""");
        _folder.Write("parts/app/App.csproj", """<Project Sdk="Microsoft.NET.Sdk" />""");

        Assert.Equal("", await SuggestAsync("next"));
        Assert.Equal("", await SuggestAsync("other/next"));
        Assert.StartsWith(
            $"{_folder["parts/next"]}: warning NDB6123: These labels are what the model guesses, and they are in the folder of 'Parts.proj', ",
            await SuggestAsync("parts/next"), StringComparison.Ordinal);
        Assert.Contains("NDB6123", await SuggestAsync("parts/app/next"), StringComparison.Ordinal);

        async Task<string> SuggestAsync(string folder)
        {
            var run = await ToolProcess.RunAsync("suggest", _model, _folder["parts/photos"], "--out", _folder[folder], "--quiet");
            Assert.Equal(0, run.ExitCode);
            Assert.True(File.Exists(_folder[$"{folder}/a.png"]));
            return run.Error;
        }
    }

    [Fact]
    public async Task That_all_images_have_labels_is_told()
    {
        Picture("photos/a.png", 0);
        _folder.Write("photos/a.xml", TinyVoc.Xml("a.png", "green"));

        var run = await ToolProcess.RunAsync("suggest", _model, _folder["photos"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Contains("There is no image without labels.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_images_are_copied_with_labels_to_correct()
    {
        Picture("photos/a/black.png", 0);
        Picture("photos/white.png", 255);

        var run = await ToolProcess.RunAsync("suggest", _model, _folder["photos"], "--score", OfWhite, "--count", "1", "--out", _folder["next"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"1 label file written into {_folder["next"]}", run.Error, StringComparison.Ordinal);
        Assert.Equal(["white.png", "white.xml"], Directory.EnumerateFiles(_folder["next"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(File.ReadAllBytes(_folder["photos/white.png"]), File.ReadAllBytes(_folder["next/white.png"]));

        var both = await ToolProcess.RunAsync("suggest", _model, _folder["photos"], "--out", _folder["yolo"], "--format", "yolo", "--quiet");

        Assert.Equal((0, ""), (both.ExitCode, both.Error));
        Assert.True(File.Exists(_folder["yolo/a/black.png"]) && File.Exists(_folder["yolo/a/black.txt"]) && File.Exists(_folder["yolo/white.txt"]));
        Assert.Equal(2, (await ToolProcess.RunAsync("suggest", _model, _folder["photos"], "--format", "yolo")).ExitCode);
    }

    [Theory]
    [InlineData("blue\ngreen\nred\n", "c.txt")]
    [InlineData("red\ngreen\nblue\n", "c.xml")] // The number of a class would mean another one.
    public async Task Labels_to_correct_have_the_form_of_the_labels_that_are_there(string classes, string expected)
    {
        Picture("photos/a.png", 0);
        Picture("photos/b.png", 100);
        Picture("photos/c.png", 255);
        _folder.Write("photos/classes.txt", classes);
        _folder.Write("photos/a.txt", "0 0.5 0.5 0.5 0.5\n");
        _folder.Write("photos/b.txt", "0 0.5 0.5 0.25 0.5\n");

        var run = await ToolProcess.RunAsync("suggest", _model, _folder["photos"], "--out", _folder["next"], "--quiet");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.True(File.Exists(_folder[$"next/{expected}"]), string.Join(' ', Directory.GetFiles(_folder["next"])));
    }

    private async Task<string[]> SuggestedAsync(string score, params string[] options)
    {
        var run = await ToolProcess.RunAsync(["suggest", _model, _folder["photos"], "--score", score, "--quiet", .. options]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(path => Path.GetFileNameWithoutExtension(path.Trim()))];
    }

    private void Picture(string path, byte brightness)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[path])!);
        var pixels = new byte[64 * 64 * 4];
        Array.Fill(pixels, brightness);
        for (var alpha = 3; alpha < pixels.Length; alpha += 4)
        {
            pixels[alpha] = 255;
        }

        File.WriteAllBytes(_folder[path], ImageEncoder.EncodePng(new PixelImage(64, 64, pixels)));
    }
}
