using System.Globalization;

namespace NanoDet.SmallBoards.Running;

/// <summary>What a command left.</summary>
/// <param name="folder">The folder of the results.</param>
/// <param name="command">The command.</param>
internal sealed class CommandResult(string folder, BoardCommand command)
{
    /// <summary>Its exit code; null if it did not end.</summary>
    public int? ExitCode { get; } = Number(Path.Combine(folder, $"{command.Name}.exit"));

    /// <summary>The most memory that it took, in kB: the resident set, which the kernel keeps.</summary>
    public int? Memory { get; } = Number(Path.Combine(folder, $"{command.Name}.memory"));

    /// <summary>Its standard output.</summary>
    public string Output => Text("txt");

    /// <summary>Its standard error.</summary>
    public string Errors => Text("errors");

    /// <summary>The lines of what it found: of the file that the tool saved, or of its output.</summary>
    public IEnumerable<string> Found => File.Exists(Of("csv")) ? File.ReadLines(Of("csv")) : File.ReadLines(Of("txt"));

    private string Text(string extension) => File.Exists(Of(extension)) ? File.ReadAllText(Of(extension)) : "";

    private string Of(string extension) => Path.Combine(folder, $"{command.Name}.{extension}");

    private static int? Number(string file)
        => File.Exists(file) && int.TryParse(File.ReadLines(file).LastOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
