using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Labels;

/// <summary>Counts the objects of a file that have the same problem, so that it is told once, at the first.</summary>
internal struct ProblemCount
{
    /// <summary>How many objects have it.</summary>
    public int Count { get; private set; }

    /// <summary>The place of the first.</summary>
    public SourceLocation First { get; private set; }

    /// <summary>Counts one more.</summary>
    public void Add(SourceLocation location)
    {
        First = Count++ == 0 ? location : First;
    }
}
