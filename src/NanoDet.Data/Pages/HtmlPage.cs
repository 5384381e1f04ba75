using System.Text;

namespace NanoDet.Data.Pages;

/// <summary>
/// The shell and the style that our pages share. A page is one file that holds everything, asks for nothing on any network, and
/// follows the reader's choice of light or dark.
/// </summary>
/// <param name="Title">The title.</param>
/// <param name="Style">Rules of this page beside those that all pages share.</param>
public sealed record HtmlPage(string Title, string Style)
{
    /// <summary>The script of the page; null for a page without any.</summary>
    public string? Script { get; init; }

    /// <summary>Writes the page.</summary>
    /// <param name="stream">Takes the page as UTF-8.</param>
    /// <param name="body">Writes what stands in the body.</param>
    public void Write(Stream stream, Action<HtmlWriter> body)
    {
        using var output = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16, leaveOpen: true);
        var page = new HtmlWriter(output);
        page.Write($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'{(Script is null ? "" : "; script-src 'unsafe-inline'")}">
            <title>{Title}</title>
            <style>

            """);
        page.WriteOwn(Resource(typeof(HtmlPage), "page.css"));
        page.WriteOwn(Style);
        page.Write($"</style>\n</head>\n<body>\n");
        body(page);
        if (Script is not null)
        {
            page.WriteOwn($"<script>{Script}</script>\n");
        }

        page.Write($"</body>\n</html>\n");
    }

    /// <summary>Reads a text that is part of an assembly.</summary>
    /// <param name="owner">A type of the assembly.</param>
    /// <param name="name">The name of the text.</param>
    public static string Resource(Type owner, string name)
    {
        using var reader = new StreamReader(owner.Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
