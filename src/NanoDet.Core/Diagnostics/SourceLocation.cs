using System.Globalization;

namespace NanoDet.Core.Diagnostics;

/// <summary>A place in a file of the user.</summary>
/// <param name="File">Path of the file as the user would write it.</param>
/// <param name="Line">Line, counted from 1; 0 where only the file is known.</param>
/// <param name="Column">Column, counted from 1; 0 where it is not known.</param>
public readonly record struct SourceLocation(string File, int Line = 0, int Column = 0)
{
    /// <summary>The place in the canonical form that MSBuild and every editor understand: <c>file(line,column)</c>, escaped by <see cref="PrintedText"/>.</summary>
    public override string ToString() => (PrintedText.Escape(File ?? ""), Line, Column) switch
    {
        (var file, <= 0, _) => file,
        (var file, _, <= 0) => string.Create(CultureInfo.InvariantCulture, $"{file}({Line})"),
        (var file, _, _) => string.Create(CultureInfo.InvariantCulture, $"{file}({Line},{Column})"),
    };
}
