namespace NanoDet.Data.Files;

/// <summary>A word of a command line that people copy.</summary>
internal static class ShellWord
{
    /// <summary>Quotes a word where the shell of the system would not take it as it is: that of Windows, or those of the others.</summary>
    public static string Of(string word) => word.Length > 0 && word.All(character => char.IsAsciiLetterOrDigit(character) || "._-/\\:".Contains(character, StringComparison.Ordinal)) ? word
        : OperatingSystem.IsWindows() ? $"\"{word.Replace("\"", "", StringComparison.Ordinal)}\""
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
