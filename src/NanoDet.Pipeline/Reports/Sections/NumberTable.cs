using NanoDet.Data.Pages;

namespace NanoDet.Pipeline.Reports.Sections;

/// <summary>A table of numbers that scrolls inside the page, also by keyboard.</summary>
internal static class NumberTable
{
    /// <summary>Writes the table.</summary>
    /// <param name="page">Takes it.</param>
    /// <param name="caption">What it shows, for those who do not see the page.</param>
    /// <param name="headings">The headings of the columns.</param>
    /// <param name="rows">The cells of each row; the first one is its heading.</param>
    public static void Write(HtmlWriter page, string caption, IEnumerable<string> headings, IEnumerable<IReadOnlyList<HtmlPart>> rows)
    {
        page.Write($"""<div class="scroll" role="region" tabindex="0" aria-label="{caption}"><table><thead><tr>""");
        foreach (var heading in headings)
        {
            page.Write($"""<th scope="col">{heading}</th>""");
        }

        page.Write($"</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            page.Write($"""<tr><th scope="row">{row[0]}</th>""");
            foreach (var cell in row.Skip(1))
            {
                page.Write($"<td>{cell}</td>");
            }

            page.Write($"</tr>\n");
        }

        page.Write($"</tbody></table></div>\n");
    }

    /// <summary>A cell with text.</summary>
    public static HtmlPart Text<T>(T text) => page => page.Write($"{text}");

    /// <summary>A cell with a name that comes from outside, whatever the direction of its script.</summary>
    public static HtmlPart Name(string name) => page => page.Write($"<bdi>{name}</bdi>");
}
