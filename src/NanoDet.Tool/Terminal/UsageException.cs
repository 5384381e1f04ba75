namespace NanoDet.Tool.Terminal;

/// <summary>The options of a command line contradict each other, or one of them is not possible with this model.</summary>
/// <param name="message">One sentence without a closing full stop.</param>
internal sealed class UsageException(string message) : Exception(message);
