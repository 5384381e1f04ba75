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
