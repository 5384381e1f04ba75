namespace NanoDet.Tool.Watching;

/// <summary>The end of a training.</summary>
/// <param name="Ending">Why it ended.</param>
internal sealed record EndProgress(string Ending) : ProgressLine;
