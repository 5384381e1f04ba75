using System.Collections.Concurrent;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels.Yolo;

/// <summary>
/// What the YOLO files of a data set show together where one does not show it: whether six numbers whose last is 1 are a box, a confidence
/// and the number of a track, or a triangle. Many threads can read files of one set.
/// </summary>
internal sealed class YoloSet
{
    private readonly ConcurrentDictionary<string, SourceLocation> _doubtful = new(StringComparer.Ordinal);
    private volatile bool _hasPolygons;
    private volatile bool _hasTracks;
    private volatile bool _areTriangles;

    /// <summary>
    /// After all files were read: those that have to be read once more, because the others have polygons and no tracks, so that their lines are
    /// triangles. Nearly always there are none.
    /// </summary>
    public IReadOnlyCollection<string> Doubtful
    {
        get
        {
            _areTriangles = _hasPolygons && !_hasTracks;
            return _areTriangles ? [.. _doubtful.Keys] : [];
        }
    }

    /// <summary>NDB1018 where the files do not show it together either; null where they do.</summary>
    public Diagnostic? Doubt
    {
        get
        {
            if (_doubtful.IsEmpty || _hasPolygons != _hasTracks)
            {
                return null;
            }

            var (count, first) = (_doubtful.Count, _doubtful.MinBy(entry => entry.Key, StringComparer.Ordinal).Value);
            return LabelDiagnostics.MeaningGuessed(
                first,
                $"{(count == 1 ? "A line with six numbers of which the last is 1 is" : $"{count} files, the first of them here, have lines with six numbers of which the last is 1, and they are")} taken for a box with a confidence and the number of a track, and not for a triangle that touches the lower edge of the image",
                "For a track, delete the last two numbers; for a triangle, write its first corner a second time at its end");
        }
    }

    /// <summary>Notes what a file shows, and decides what its lines are.</summary>
    /// <param name="rows">The lines.</param>
    /// <param name="path">The file.</param>
    /// <returns>Whether all lines are a box with keypoints or a track behind it.</returns>
    public bool AreBoxes(YoloRows rows, string path)
    {
        if (rows.HaveKeypoints())
        {
            return true;
        }

        var tracks = rows.HaveTracks();
        if (tracks is null)
        {
            _doubtful.TryAdd(path, rows.FirstLong);
            return !_areTriangles;
        }

        _hasTracks |= tracks.Value;
        _hasPolygons |= rows.HavePolygons(tracks.Value);
        return tracks.Value;
    }
}
