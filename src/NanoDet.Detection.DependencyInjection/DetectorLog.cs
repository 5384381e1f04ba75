using Microsoft.Extensions.Logging;

namespace NanoDet.Detection.DependencyInjection;

/// <summary>What the log of a program says about a detector.</summary>
internal static partial class DetectorLog
{
    /// <summary>Writes what was loaded, and why it does not run where the program wanted it to.</summary>
    public static void Write(ILogger logger, Detector detector, string path)
    {
        foreach (var skipped in detector.SkippedProviders)
        {
            Skipped(logger, skipped.Code, skipped.Message);
        }

        var model = detector.Metadata;
        Loaded(logger, path, model.Version, model.Classes.Length, model.InputWidth, model.InputHeight, detector.Provider);
    }

    [LoggerMessage(1, LogLevel.Information, "The model {Path} {Version} is loaded: {Classes} classes, input {Width}x{Height}; it runs on {Provider}")]
    private static partial void Loaded(ILogger logger, string path, string? version, int classes, int width, int height, ExecutionProvider provider);

    [LoggerMessage(2, LogLevel.Warning, "{Code}: {Reason}")]
    private static partial void Skipped(ILogger logger, string code, string reason);
}
