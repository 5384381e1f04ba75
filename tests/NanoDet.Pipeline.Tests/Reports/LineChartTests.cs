using System.Text;
using System.Xml.Linq;
using NanoDet.Data.Pages;
using NanoDet.Pipeline.Reports.Charts;

namespace NanoDet.Pipeline.Tests.Reports;

public sealed class LineChartTests
{
    [Fact]
    public void A_chart_says_in_words_what_it_shows()
    {
        var chart = Draw(new("Loss & <rate>", new("epoch", 0, 2), new("loss", 0, 4), [new("a", [(1, 4), (2, 1)]), new("b", [(1, 2)]), new("c", [])]) { Mark = 0.5 });

        Assert.Equal("Loss & <rate>", chart.Element("title")!.Value);
        Assert.Equal("loss by epoch: a from 4 at 1 to 1 at 2; b is 2 at 1; c has no points. A line marks 0.5.", chart.Element("desc")!.Value);
    }

    [Fact]
    public void Points_lie_between_the_ends_of_the_axes()
    {
        var chart = Draw(new("t", ChartAxis.OfShare("x"), ChartAxis.OfShare("y"), [ChartSeries.Of("a", [(0, 0), (double.NaN, 1), (0.5, double.PositiveInfinity), (0.5, 0.5), (1, 1)])]));

        var line = Assert.Single(chart.Elements("path"), path => path.Attribute("class")!.Value == "line s0");
        Assert.Equal("M46 182L198 103L350 24", line.Attribute("d")!.Value);
    }

    [Fact]
    public void A_chart_of_its_own_is_a_file_with_its_style_and_the_names_of_its_lines()
    {
        var file = XDocument.Parse(Encoding.UTF8.GetString(new LineChart("t", ChartAxis.OfShare("x"), ChartAxis.OfShare("y"), [new("a <b>", [(0, 0), (1, 1)]), new("c", [(0, 1)])]).ToSvg())).Root!;

        XNamespace svg = "http://www.w3.org/2000/svg";
        Assert.Equal(svg + "svg", file.Name);
        Assert.Contains(".s1 {", file.Element(svg + "style")!.Value, StringComparison.Ordinal);
        Assert.Equal(["a <b>", "c"], file.Elements(svg + "text").Select(text => text.Value).TakeLast(2));
    }

    [Theory]
    [InlineData(0, 1, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(0, 12, "0 5 10")]
    [InlineData(0, 0.00075, "0 0.0002 0.0004 0.0006")]
    [InlineData(0, 3.3, "0 1 2 3")]
    [InlineData(0, 300, "0 100 200 300")]
    public void Ticks_are_round_numbers_on_the_axis(double low, double high, string ticks)
        => Assert.Equal(ticks, string.Join(' ', new ChartAxis("x", low, high).Ticks().Select(tick => tick.Text)));

    [Fact]
    public void An_axis_of_zeros_has_a_length()
        => Assert.Equal(1, ChartAxis.From0("y", [0, double.NaN]).High);

    private static XElement Draw(LineChart chart)
    {
        using var text = new StringWriter();
        chart.Write(new HtmlWriter(text));
        return XElement.Parse($"<div>{text}</div>").Element("svg")!;
    }
}
