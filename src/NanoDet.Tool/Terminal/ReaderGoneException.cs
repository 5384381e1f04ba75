namespace NanoDet.Tool.Terminal;

/// <summary>Nobody reads standard output any more, as behind <c>| head</c>: the command ends, and that is no failure.</summary>
internal sealed class ReaderGoneException : Exception;
