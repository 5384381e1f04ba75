using Microsoft.Build.Framework;

namespace NanoDet.Build.Tests.Infrastructure;

/// <summary>
/// A logger for <c>dotnet build -logger:</c> that writes code and help link of every warning to the file in its parameters:
/// editors show the link, but neither the console nor the binary log keeps it.
/// </summary>
public sealed class HelpLinkLogger : ILogger
{
    private readonly List<string> _lines = [];

    /// <inheritdoc />
    public LoggerVerbosity Verbosity { get; set; }

    /// <inheritdoc />
    public string? Parameters { get; set; }

    /// <summary>The argument that attaches the logger to a build.</summary>
    public static string Argument(string file) => $"-logger:{nameof(HelpLinkLogger)},{typeof(HelpLinkLogger).Assembly.Location};{file}";

    /// <inheritdoc />
    public void Initialize(IEventSource eventSource) => eventSource.WarningRaised += (_, warning) => _lines.Add($"{warning.Code} {warning.HelpLink}");

    /// <inheritdoc />
    public void Shutdown() => File.WriteAllLines(Parameters!, _lines);
}
