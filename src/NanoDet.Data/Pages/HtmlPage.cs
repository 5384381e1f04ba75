using System.Text;
using System.Text.RegularExpressions;
using NanoDet.Core.Files;

namespace NanoDet.Data.Pages;

/// <summary>
/// The shell and the style that our pages share. A page is one file that holds everything, asks for nothing on any network, and
/// follows the reader's choice of light or dark.
/// </summary>
/// <param name="Title">The title.</param>
/// <param name="Style">Rules of this page beside those that all pages share.</param>
public sealed partial record HtmlPage(string Title, string Style)
{
    // The key stands before everything whose length is not known.
    private const int HeadLength = 200;

    /// <summary>The script of the page; null for a page without any.</summary>
    public string? Script { get; init; }

    /// <summary>
    /// Of what the page is made, as letters and digits; null for a page that does not say it. Whoever finds the key of what he has in a page
    /// (<see cref="KeyOf"/>) need not write another one.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>The key of a page; null where there is no page, or it has none.</summary>
    /// <param name="path">The file.</param>
    public static string? KeyOf(string path)
    {
        try
        {
            using var file = RegularFile.OpenRead(path);
            var beginning = new byte[HeadLength];
            var length = file.ReadAtLeast(beginning, HeadLength, throwOnEndOfStream: false);
            return KeyElement().Match(Encoding.UTF8.GetString(beginning, 0, length)) is { Success: true } match ? match.Groups[1].Value : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

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
            {(HtmlPart)WriteKey}
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

    private void WriteKey(HtmlWriter page)
    {
        if (Key is not null)
        {
            page.Write($"<meta name=\"nanodet-key\" content=\"{Key}\">");
        }
    }

    [GeneratedRegex("<meta name=\"nanodet-key\" content=\"([0-9A-Za-z]+)\">")]
    private static partial Regex KeyElement();

    /// <summary>Reads a text that is part of an assembly.</summary>
    /// <param name="owner">A type of the assembly.</param>
    /// <param name="name">The name of the text.</param>
    public static string Resource(Type owner, string name)
    {
        using var reader = new StreamReader(owner.Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
