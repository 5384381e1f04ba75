namespace NanoDet.Core.Diagnostics;

/// <summary>Ends an operation that cannot continue, with the diagnostic that says why.</summary>
public sealed class NanoDetException : Exception
{
    /// <summary>Ends the operation with a diagnostic.</summary>
    /// <param name="diagnostic">What the user is told. The message of the exception is its sentence, after its place.</param>
    /// <param name="innerException">The cause, if it is an exception; kept for logs, never shown as the message.</param>
    public NanoDetException(Diagnostic diagnostic, Exception? innerException = null)
        : base(diagnostic.Location is { } location ? $"{location}: {diagnostic.Message}" : diagnostic.Message, innerException) => Diagnostic = diagnostic;

    /// <summary>The code, such as <c>NDB6001</c>; each has a page in the documentation.</summary>
    public string Code => Diagnostic.Code;

    /// <summary>What the user is told.</summary>
    public Diagnostic Diagnostic { get; }
}
