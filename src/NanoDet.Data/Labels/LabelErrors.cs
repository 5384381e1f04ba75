using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels;

/// <summary>The errors of one label file. It is read to its end, so that all are told at once; with any error, nothing of it is used.</summary>
internal sealed class LabelErrors
{
    // A file of a gigabyte can have an error in every few bytes.
    private const int Most = 100;

    private readonly List<Diagnostic> _found = [];

    /// <summary>Whether there is one.</summary>
    public bool Any => _found.Count > 0;

    /// <summary>Whether there are so many that the rest of the file need not be read.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Takes note of an error, or of a warning in a file with errors, if there are not too many.</summary>
    /// <param name="diagnostic">The diagnostic, with its place.</param>
    public void Add(Diagnostic diagnostic)
    {
        if (_found.Count < Most)
        {
            _found.Add(diagnostic);
        }
        else
        {
            IsFull |= diagnostic.Severity == DiagnosticSeverity.Error;
        }
    }

    /// <summary>Ends the reading, if there is an error.</summary>
    /// <exception cref="NanoDetException">All errors.</exception>
    public void ThrowIfAny()
    {
        if (Any)
        {
            throw All();
        }
    }

    /// <summary>Ends the reading, if there are so many errors that the rest of the file need not be read.</summary>
    /// <exception cref="NanoDetException">All errors.</exception>
    public void ThrowIfFull()
    {
        if (IsFull)
        {
            throw All();
        }
    }

    /// <summary>What ends the reading where an error leaves nothing to go on with.</summary>
    /// <param name="last">The error.</param>
    /// <returns>It, and all errors before it.</returns>
    public NanoDetException With(NanoDetException last)
    {
        if (!Any)
        {
            return last;
        }

        Add(last.Diagnostic);
        return All(last);
    }

    // Some errors show only when all of the file is known. Warnings come first, because a command may end with the last.
    private NanoDetException All(Exception? cause = null) => new(
    [
        .. _found.OrderBy(found => found.Severity).ThenBy(found => found.Location!.Value.Line).ThenBy(found => found.Location!.Value.Column),
        .. IsFull ? [LabelDiagnostics.TooManyErrors(new(_found[0].Location!.Value.File), Most)] : Array.Empty<Diagnostic>(),
    ], cause);
}
