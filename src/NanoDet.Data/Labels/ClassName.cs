using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels;

/// <summary>The form in which names of classes are compared, wherever they were read.</summary>
internal static class ClassName
{
    // Those that people type and cannot see; what controls a terminal is refused.
    private static readonly char[] Spaces = [' ', '\t', '\u00A0', '\u3000'];

    /// <summary>Without spaces around it and with composed letters: what looks the same on a screen is one class.</summary>
    public static string Plain(string name)
    {
        var plain = name.Trim(Spaces);
        return Ascii.IsValid(plain) ? plain : ComposedLetters.Of(plain);
    }

    /// <summary>The same, for a name that can be printed on a line: classes occur in logs, on pictures and in the code of programs.</summary>
    /// <param name="name">The name.</param>
    /// <param name="location">Its place.</param>
    /// <exception cref="NanoDetException">NDB1046.</exception>
    public static string Checked(string name, SourceLocation? location)
        => Plain(name) is var plain && PrintedText.FirstUnprintable(plain) is { } character
            ? throw new NanoDetException(LabelDiagnostics.UnprintableClass(location, plain, character))
            : plain;
}
