using System.Text;
using NanoDet.Data.Configuration;
using NanoDet.Data.Configuration.Presets;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Configuration;

public sealed class ProgressiveResizingTests
{
    [Theory]
    [InlineData(320, 320, 44, 29, 192, 192)]
    [InlineData(416, 416, 44, 29, 256, 256)]
    [InlineData(256, 192, 12, 8, 160, 128)]
    [InlineData(64, 32, 3, 2, 32, 32)]
    [InlineData(320, 64, 2, 1, 192, 32)]
    public void Two_thirds_of_the_epochs_have_an_input_of_about_six_tenths_of_the_side(int width, int height, int epochs, int first, int smallWidth, int smallHeight)
    {
        var smaller = ProgressiveResizing.Of(width, height, multiple: 32, epochs);

        Assert.Equal(new ProgressiveResizing(first, smallWidth, smallHeight), smaller);
        var input = Preset.Create(Preset.Default, ["a"])!.Train with { Width = width, Height = height, ProgressiveResizing = smaller };
        Assert.All(Enumerable.Range(0, epochs), epoch => Assert.Equal(epoch < first ? new InputSize(smallWidth, smallHeight) : input.Size, input.SizeAt(epoch)));
        Assert.Equal(new InputSize(width, height), input.SizeAt(epochs - 1));
    }

    [Theory]
    [InlineData(320, 320, 32, 1)] // no epoch before the last
    [InlineData(32, 32, 32, 30)] // no smaller size
    [InlineData(64, 64, 64, 30)]
    public void Where_nothing_is_left_every_epoch_has_the_full_size(int width, int height, int multiple, int epochs)
        => Assert.Null(ProgressiveResizing.Of(width, height, multiple, epochs));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_preset_has_it_where_the_project_asks(bool wanted)
    {
        var configuration = EffectiveConfiguration.OfPreset(Preset.Default, ["a"], 100, new() { Pretrained = "weights.pth", ProgressiveResizing = wanted }).Configuration!;

        Assert.Equal(wanted, configuration.Train.ProgressiveResizing is not null);
        Assert.Null(configuration.Validation.ProgressiveResizing);
    }

    [Fact]
    public void It_follows_the_epochs_and_the_size_of_the_project()
    {
        var overrides = new ConfigurationOverrides { Epochs = 9, InputSize = new(640, 320), Pretrained = "weights.pth", ProgressiveResizing = true };

        Assert.Equal(new(6, 384, 192), EffectiveConfiguration.OfPreset(Preset.Default, ["a"], 100, overrides).Configuration!.Train.ProgressiveResizing);
    }

    [Fact]
    public void A_file_is_used_as_it_is_unless_the_project_asks()
    {
        using var folder = new TestFolder();
        folder.Write("a.yml", SampleConfigurations.Plus);
        NanoDetConfiguration Read(bool wanted)
            => EffectiveConfiguration.OfFile(folder["a.yml"], ["red cell", "white"], 1000, new() { Pretrained = "weights.pth", ProgressiveResizing = wanted }).Configuration!;

        Assert.DoesNotContain("progressive", Json(Read(false)), StringComparison.OrdinalIgnoreCase);
        var progressive = Read(true);
        Assert.Equal(new(progressive.Schedule.TotalEpochs * 2 / 3, 192, 128), progressive.Train.ProgressiveResizing);
        // The random factor of a file is one on the size of the epoch.
        Assert.Equal(new ValueRange(0.6, 1.4), progressive.Train.MultiScale);
        Assert.Equal(Json(progressive), Json(ConfigurationJson.Read("a", ConfigurationJson.Write(progressive))));
    }

    [Fact]
    public void Attention_for_one_size_is_refused_at_its_line()
    {
        using var folder = new TestFolder();
        folder.Write("a.yml", SampleConfigurations.LegacyWithTan);

        var reading = EffectiveConfiguration.OfFile(folder["a.yml"], ["a", "b", "c"], 1000, new() { ProgressiveResizing = true });

        Assert.Null(reading.Configuration);
        var error = Assert.Single(reading.Diagnostics, diagnostic => diagnostic.Message.Contains("NanoDetProgressiveResizing", StringComparison.Ordinal));
        Assert.Equal("NDB3007", error.Code);
        Assert.Contains("fpn:", File.ReadAllLines(folder["a.yml"])[error.Location!.Value.Line - 1], StringComparison.Ordinal);
    }

    private static string Json(NanoDetConfiguration configuration) => Encoding.UTF8.GetString(ConfigurationJson.Write(configuration));
}
