namespace NanoDet.Core.Diagnostics;

/// <summary>Ends an operation that cannot continue, with the diagnostic that says why.</summary>
public sealed class DiagnosticException : Exception
{
    /// <summary>Ends the operation with a diagnostic.</summary>
    /// <param name="diagnostic">What the user is told.</param>
    /// <param name="innerException">The cause, if it is an exception; kept for logs, never shown as the message.</param>
    public DiagnosticException(Diagnostic diagnostic, Exception? innerException = null)
        : base(diagnostic.ToString(), innerException) => Diagnostic = diagnostic;

    /// <summary>What the user is told.</summary>
    public Diagnostic Diagnostic { get; }
}
