namespace NanoDet.Core.Diagnostics;

/// <summary>Ends an operation that cannot continue, with the diagnostic that says why.</summary>
public sealed class NanoDetException : Exception
{
    /// <summary>Ends the operation with a diagnostic.</summary>
    /// <param name="diagnostic">What the user is told. The message of the exception is its sentence, after its place.</param>
    /// <param name="innerException">The cause, if it is an exception; kept for logs, never shown as the message.</param>
    public NanoDetException(Diagnostic diagnostic, Exception? innerException = null)
        : base(diagnostic.Location is { } location ? $"{location}: {diagnostic.Message}" : diagnostic.Message, innerException) => (Diagnostic, Diagnostics) = (diagnostic, [diagnostic]);

    /// <summary>Ends the operation with everything that is wrong, such as all errors of a file.</summary>
    /// <param name="diagnostics">In the order in which the user is told, at least one of them an error.</param>
    /// <param name="innerException">The cause, if it is an exception.</param>
    internal NanoDetException(IReadOnlyList<Diagnostic> diagnostics, Exception? innerException = null)
        : this(diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error), innerException) => Diagnostics = diagnostics;

    /// <summary>The code, such as <c>NDB6001</c>; each has a page in the documentation.</summary>
    public string Code => Diagnostic.Code;

    /// <summary>What the user is told.</summary>
    public Diagnostic Diagnostic { get; }

    /// <summary>All that the user is told; nearly always <see cref="Diagnostic"/> alone.</summary>
    internal IReadOnlyList<Diagnostic> Diagnostics { get; }
}
