using NanoDet.Data.Evaluation;

namespace NanoDet.Data.Tests.Evaluation;

public sealed class QualityGateTests
{
    [Theory]
    [InlineData(0.50, 0.80, "")]
    [InlineData(0.48, 0.80, "")]
    [InlineData(0.47, 0.80, "NDB5102")]
    [InlineData(0.39, 0.69, "NDB5101 NDB5101 NDB5102 NDB5102")]
    [InlineData(null, null, "NDB5103")]
    public void A_model_is_measured_against_the_minimum_and_the_baseline(double? map, double? map50, string codes)
        => Assert.Equal(codes, Codes(new QualityGate(0.4, 0.7, 0.025), map, map50));

    [Fact]
    public void Where_nothing_is_asked_everything_passes() => Assert.Equal("", Codes(new QualityGate(null, null, null), null, null));

    [Theory]
    [InlineData(0.41, true)]
    [InlineData(0.39, false)] // Not the fault of the 8 bits alone.
    [InlineData(null, false)]
    public void Where_8_bits_are_to_blame_the_error_says_so(double? single, bool isBlamed)
    {
        var result = Result(0.38, 0.8) with { Unquantized = single is { } map ? new(new PartResult { Images = 9, Map = map, Map50 = 0.8 }, null) : null };

        var problem = Assert.Single(new QualityGate(0.4, 0.7, null).Judge(result, null));

        Assert.Equal("NDB5101", problem.Code);
        Assert.Equal(isBlamed, problem.Message.Contains("With 32 bits it is 0.4100: 8 bits lose too much here, so set NanoDetPrecision to Single or Half", StringComparison.Ordinal));
        Assert.Equal(isBlamed, problem.Message.Contains("bits", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.9, 0.01, null)]
    [InlineData(0.9, null, null)] // No object that could be found.
    [InlineData(null, null, null)]
    [InlineData(0.9, 0.009, "The model finds hardly any 'nut': mAP50 is below 0.01 in the validation part. ")]
    [InlineData(0.0, 0.009, "The model finds nothing: mAP50 is below 0.01 in the validation part. ")]
    [InlineData(0.0, null, "The model finds nothing: ")]
    public void A_class_that_is_never_found_is_told(double? bolt, double? nut, string? words)
    {
        var problem = UnfoundClasses.Judge(new() { Images = 9, Classes = [new("bolt", bolt / 2, bolt), new("nut", nut / 2, nut)] });

        Assert.Equal(words is null ? null : "NDB5108", problem?.Code);
        Assert.StartsWith(words ?? "", problem?.Message ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_validation_part_nothing_is_judged() => Assert.Null(UnfoundClasses.Judge(null));

    [Fact]
    public void The_test_part_has_one_line()
        => Assert.Equal("  test part, 8 images: mAP 0.430, mAP50 0.606", ResultTable.Test(new() { Images = 8, Map = 0.43, Map50 = 0.606 }));

    [Fact]
    public void The_table_sets_new_against_old()
    {
        var now = new PartResult { Images = 9, Map = 0.5, Map50 = 0.81, Classes = [new("bolt", 0.6, 0.9), new("washer", null, null)] };
        var before = new PartResult { Images = 8, Map = 0.4, Map50 = 0.7, Classes = [new("bolt", 0.4, 0.7)] };
        Assert.Equal(
            ["mAP mAP50 before", "all 0.500 0.810 0.400 0.700", "bolt 0.600 0.900 0.400 0.700", "washer - - - -"],
            ResultTable.Lines(now, before).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }

    private static string Codes(QualityGate gate, double? map, double? map50) => string.Join(' ', gate
        .Judge(Result(map, map50), Result(0.5, 0.8))
        .Select(problem => problem.Code));

    private static EvaluationResult Result(double? map, double? map50) => new() { Validation = new PartResult { Images = 9, Map = map, Map50 = map50 } };
}
