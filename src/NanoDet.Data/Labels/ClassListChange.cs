using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels;

/// <summary>What changed from one class list to the next, place by place.</summary>
/// <param name="Renamed">Places whose old name is gone and whose new name is new: the label keeps its place and its meaning.</param>
/// <param name="Added">Names at the end that were not there.</param>
/// <param name="Removed">Names at the end that are gone.</param>
public sealed record ClassListChange(
    ImmutableArray<(string From, string To)> Renamed, ImmutableArray<string> Added, ImmutableArray<string> Removed)
{
    /// <summary>Whether both lists are the same.</summary>
    public bool IsEmpty => Renamed.IsEmpty && Added.IsEmpty && Removed.IsEmpty;

    /// <summary>Compares two lists.</summary>
    /// <param name="previous">The list that a model was made with.</param>
    /// <param name="current">The list of now.</param>
    /// <exception cref="DiagnosticException">NDB1042 where a name that stays has another place than before.</exception>
    public static ClassListChange Between(ClassList previous, ClassList current)
    {
        for (var place = 0; place < current.Names.Length; place++)
        {
            if (previous.IndexOf(current.Names[place]) is >= 0 and var before && before != place)
            {
                throw new DiagnosticException(LabelDiagnostics.ClassesReordered(current.Location, current.Names[place], before + 1, place + 1));
            }
        }

        var shared = Math.Min(previous.Names.Length, current.Names.Length);
        return new(
            [.. previous.Names.Zip(current.Names).Where(pair => pair.First != pair.Second)],
            [.. current.Names.Skip(shared)],
            [.. previous.Names.Skip(shared)]);
    }
}
