using NanoDet.Data.Datasets;
using NanoDet.Training.Assigners;

namespace NanoDet.Training.Losses;

/// <summary>The targets of the assigned priors of a batch; row numbers count through the whole batch.</summary>
internal sealed class TrainingTargets
{
    private readonly List<long> _rows = [];
    private readonly List<int> _labels = [];
    private readonly List<float> _scores = [];
    private readonly List<Box> _boxes = [];
    private readonly List<Prior> _priors = [];
    private readonly List<long> _ignored = [];

    /// <summary>The number of assigned priors.</summary>
    public int Count => _rows.Count;

    /// <summary>Rows of the assigned priors in predictions [B N, columns].</summary>
    public IReadOnlyList<long> Rows => _rows;

    /// <summary>Classes of their objects.</summary>
    public IReadOnlyList<int> Labels => _labels;

    /// <summary>Target qualities of their class scores, 0 to 1.</summary>
    public IReadOnlyList<float> Scores => _scores;

    /// <summary>Boxes of their objects.</summary>
    public IReadOnlyList<Box> Boxes => _boxes;

    /// <summary>The assigned priors themselves.</summary>
    public IReadOnlyList<Prior> Priors => _priors;

    /// <summary>Rows of the priors of which nothing is learnt: neither an object nor that there is none.</summary>
    public IReadOnlyList<long> Ignored => _ignored;

    /// <summary>Adds the priors of an image that lie in an ignored object and are not assigned to another one.</summary>
    /// <param name="first">The row of its first prior.</param>
    /// <param name="priors">Its priors.</param>
    /// <param name="objects">Its objects.</param>
    /// <param name="assigned">Its assigned priors.</param>
    public void Ignore(long first, ReadOnlySpan<Prior> priors, IEnumerable<DatasetObject> objects, IReadOnlyCollection<AssignedPrior> assigned)
    {
        Box[] boxes = [.. objects.Where(item => item.Ignored).Select(item => Box.Of(item.Box))];
        if (boxes.Length == 0)
        {
            return;
        }

        var taken = assigned.Select(prior => prior.Prior).ToHashSet();
        for (var i = 0; i < priors.Length; i++)
        {
            var (x, y) = (priors[i].X, priors[i].Y);
            if (Array.Exists(boxes, box => box.Depth(x, y) > 0) && !taken.Contains(i))
            {
                _ignored.Add(first + i);
            }
        }
    }

    /// <summary>Adds one assigned prior.</summary>
    public void Add(long row, int label, float score, Box box, Prior prior)
    {
        _rows.Add(row);
        _labels.Add(label);
        _scores.Add(score);
        _boxes.Add(box);
        _priors.Add(prior);
    }
}
