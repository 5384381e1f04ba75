using NanoDet.Core.Diagnostics;
using NanoDet.Data.Augmentation;

namespace NanoDet.Data.Tests.Augmentation;

public sealed class AugmentationStepParserTests
{
    [Fact]
    public void A_step_is_read_with_its_ranges_and_its_probability()
    {
        var step = Parse("gaussianblur", ("Sigma", "0..3"), ("Probability", "0.5"));
        Assert.Equal(new GaussianBlurStep(new(0, 3)) { Probability = 0.5 }, step);
    }

    [Fact]
    public void A_number_is_a_range_of_one_value_and_what_is_left_out_changes_nothing()
        => Assert.Equal(
            new AffineStep { TranslateX = new(15, 15), Rotate = new(-30, 30) },
            Parse("Affine", ("TranslateX", "15"), ("Rotate", " -30 .. 30 "), ("Scale", "")));

    [Theory]
    [InlineData("GausianBlur", "Sigma", "0..3", "NDB2104")]
    [InlineData("GaussianBlur", "Probability", "0.5", "NDB2105")]
    [InlineData("GaussianBlur", "Strength", "0..3", "NDB2109")]
    [InlineData("GaussianBlur", "Sigma", "0,5", "NDB2106")]
    [InlineData("GaussianBlur", "Sigma", "0..3..5", "NDB2106")]
    [InlineData("GaussianBlur", "Sigma", "NaN", "NDB2106")]
    public void A_mistake_is_one_clear_error(string name, string setting, string value, string code)
    {
        var location = new SourceLocation("shop.csproj", 12, 5);
        var exception = Assert.Throws<NanoDetException>(
            () => AugmentationStepParser.Parse(name, new Dictionary<string, string> { [setting] = value }, location));
        Assert.Equal(code, exception.Diagnostic.Code);
        Assert.Equal(location, exception.Diagnostic.Location);
    }

    [Theory]
    [InlineData("3..0", "NDB2102")]
    [InlineData("0..80", "NDB2103")]
    public void A_range_that_makes_no_sense_is_one_clear_error(string sigma, string code)
    {
        var recipe = new AugmentationRecipe([Parse("GaussianBlur", ("Sigma", sigma))], 1);
        Assert.Equal(code, Assert.Throws<NanoDetException>(() => recipe.Validate()).Diagnostic.Code);
    }

    [Fact]
    public void The_classic_recipe_is_what_the_script_does()
    {
        var recipe = AugmentationRecipe.Preset("imgaug-classic");
        recipe.Validate();
        Assert.Equal(
            "FlipVertical p=0.5; FlipHorizontal p=0.5; Multiply Factor=1.2..1.5 p=1; GaussianBlur Sigma=0..3 p=1; "
                + "Affine TranslateX=15..15 TranslateY=15..15 Scale=0.8..0.95 Rotate=-30..30 Shear=0..0 p=1; copies=5",
            AugmentationKey.Of(recipe));
        Assert.Equal("NDB2101", Assert.Throws<NanoDetException>(() => AugmentationRecipe.Preset("classic")).Diagnostic.Code);
    }

    private static AugmentationStep Parse(string name, params (string Name, string Value)[] settings)
        => AugmentationStepParser.Parse(name, settings.ToDictionary(setting => setting.Name, setting => setting.Value));
}
