using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;

namespace NanoDet.Data.Pages;

/// <summary>Writes one part of a page.</summary>
/// <param name="page">Takes it.</param>
public delegate void HtmlPart(HtmlWriter page);

/// <summary>
/// Writes HTML from interpolated strings: what stands in the string is markup, and every value in braces is text, whose special
/// characters are escaped. So a name from outside cannot become markup. Numbers and line breaks are the same on every system.
/// </summary>
/// <param name="output">Takes the HTML.</param>
public sealed class HtmlWriter(TextWriter output)
{
    /// <summary>Writes markup with values in it.</summary>
    /// <param name="html">The interpolated string, which writes itself as it is put together.</param>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "The string needs this writer to write itself to.")]
    public void Write([InterpolatedStringHandlerArgument("")] Markup html)
    {
    }

    /// <summary>Writes text as it is: markup, a style sheet or a script of our own.</summary>
    /// <param name="own">The text.</param>
    public void WriteOwn(string own) => output.Write(own.ReplaceLineEndings("\n"));

    /// <summary>The parts of an interpolated string, written as they come.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Markup
    {
        private readonly HtmlWriter _writer;

        /// <summary>Begins a string.</summary>
        /// <param name="literalLength">The length of the markup.</param>
        /// <param name="formattedCount">The number of values.</param>
        /// <param name="writer">Where it is written.</param>
        public Markup(int literalLength, int formattedCount, HtmlWriter writer)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(literalLength);
            ArgumentOutOfRangeException.ThrowIfNegative(formattedCount);
            _writer = writer;
        }

        /// <summary>Writes markup.</summary>
        public void AppendLiteral(string value) => _writer.WriteOwn(value);

        /// <summary>Writes a value as text.</summary>
        public void AppendFormatted<T>(T value, string? format = null)
            => _writer.WriteText(value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : value?.ToString());

        /// <summary>Writes a value that is markup itself.</summary>
        public void AppendFormatted(HtmlPart part)
        {
            ArgumentNullException.ThrowIfNull(part);
            part(_writer);
        }
    }

    private void WriteText(string? text) => output.Write(WebUtility.HtmlEncode(text));
}
