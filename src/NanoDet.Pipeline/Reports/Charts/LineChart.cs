using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NanoDet.Data.Pages;

namespace NanoDet.Pipeline.Reports.Charts;

/// <summary>
/// A chart of lines as SVG inside a page, with a title and a description for those who do not see it; the page's style gives the
/// colours, so that they follow light and dark. Lines differ in their dashes too.
/// </summary>
/// <param name="Title">The title.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Series">The lines.</param>
internal sealed record LineChart(string Title, ChartAxis X, ChartAxis Y, ImmutableArray<ChartSeries> Series)
{
    private const int Width = 360;
    private const int Height = 240;
    private const int LetterWidth = 6;
    private const int LegendGap = 36;
    private const int Left = 46;
    private const int Right = 350;
    private const int Top = 24;
    private const int Bottom = 182;

    /// <summary>A value of the horizontal axis that is marked with a line; null for none.</summary>
    public double? Mark { get; init; }

    /// <summary>The style of charts, for a page that has some.</summary>
    public static string Style { get; } = HtmlPage.Resource(typeof(LineChart), "chart.css");

    /// <summary>The chart as a file of its own.</summary>
    public byte[] ToSvg()
    {
        using var text = new StringWriter();
        var file = new HtmlWriter(text);
        file.Write($"""<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {Width} {Height}" width="{Width * 2}" role="img">""");
        file.WriteOwn($"\n<style>\n{Style}</style>\n");
        WriteContent(file);
        file.Write($"</svg>\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Writes the chart into a page.</summary>
    public void Write(HtmlWriter page)
    {
        page.Write($"""<svg class="chart" viewBox="0 0 {Width} {Height}" role="img">""");
        WriteContent(page);
        page.Write($"</svg>\n");
    }

    private void WriteContent(HtmlWriter page)
    {
        page.Write($"<title>{Title}</title>\n<desc>{Description()}</desc>\n");
        foreach (var (value, text) in X.Ticks())
        {
            page.Write($"""<path class="grid" d="M{Across(value)} {Top}V{Bottom}"/><text x="{Across(value)}" y="{Bottom + 15}" text-anchor="middle">{text}</text>""");
        }

        foreach (var (value, text) in Y.Ticks())
        {
            page.Write($"""<path class="grid" d="M{Left} {Down(value)}H{Right}"/><text x="{Left - 6}" y="{Down(value)}" dy="4" text-anchor="end">{text}</text>""");
        }

        page.Write($"""<text x="{(Left + Right) / 2}" y="{Bottom + 30}" text-anchor="middle">{X.Name}</text>""");
        page.Write($"""<text x="4" y="12">{Y.Name}</text>""");
        if (Mark is { } mark)
        {
            page.Write($"""<path class="mark" d="M{Across(mark)} {Top}V{Bottom}"/>""");
        }

        foreach (var (index, series) in Series.Index())
        {
            page.Write($"""<path class="line s{index}" d="{PathOf(series)}"/>""");
        }

        if (Series.Length > 1)
        {
            WriteLegend(page);
        }
    }

    private void WriteLegend(HtmlWriter page)
    {
        var at = Left;
        foreach (var (index, series) in Series.Index())
        {
            page.Write($"""<path class="line s{index}" d="M{at} {Height - 8}h20"/><text x="{at + 25}" y="{Height - 4}">{series.Name}</text>""");
            at += LegendGap + (series.Name.Length * LetterWidth);
        }
    }

    private string Description() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Y.Name} by {X.Name}: {string.Join("; ", Series.Select(Ends))}.{(Mark is { } mark ? $" A line marks {mark:0.###}." : "")}");

    private static string Ends(ChartSeries series) => series.Points is [var first, .., var last]
        ? string.Create(CultureInfo.InvariantCulture, $"{series.Name} from {first.Y:G3} at {first.X:G3} to {last.Y:G3} at {last.X:G3}")
        : series.Points is [var only] ? string.Create(CultureInfo.InvariantCulture, $"{series.Name} is {only.Y:G3} at {only.X:G3}") : $"{series.Name} has no points";

    // One point alone is shown as a short stroke.
    private string PathOf(ChartSeries series) => series.Points is [var only]
        ? $"M{Across(only.X)} {Down(only.Y)}h3"
        : string.Concat(series.Points.Select((point, index) => $"{(index == 0 ? 'M' : 'L')}{Across(point.X)} {Down(point.Y)}"));

    private string Across(double value) => Text(Left + (X.Share(value) * (Right - Left)));

    private string Down(double value) => Text(Bottom - (Y.Share(value) * (Bottom - Top)));

    private static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
