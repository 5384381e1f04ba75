using System.Globalization;
using System.Text;
using NanoDet.Training.Models;

namespace NanoDet.Training.Weights;

/// <summary>What happened to every tensor of a file and of a model when the file was loaded into the model.</summary>
/// <param name="Rows">The model's tensors in its order, then those that only the file has.</param>
public sealed record WeightReport(IReadOnlyList<WeightReportRow> Rows)
{
    /// <summary>The number of normalisations of which the file has no statistics, because an export folded them into convolutions.</summary>
    public int FoldedNormalizations { get; private init; }

    /// <summary>The number of tensors with an outcome; without those that are no weights, such as the counters of normalisations.</summary>
    public int Count(WeightOutcome outcome) => Rows.Count(row => row.Outcome == outcome && StateDict.IsLearnt(row.Name));

    /// <summary>One line that says how many tensors were loaded, partly loaded, renewed and skipped.</summary>
    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"{Count(WeightOutcome.Loaded)} tensors loaded, {Count(WeightOutcome.KnownClasses)} by class, {Count(WeightOutcome.Renewed)} renewed, {Count(WeightOutcome.Skipped)} skipped");

    /// <summary>The same report, which says which statistics come from no training.</summary>
    /// <param name="names">The names of the statistics (<see cref="FoldedStatistics"/>), two for each normalisation.</param>
    internal WeightReport WithFolded(IReadOnlySet<string> names) => new([.. Rows.Select(row => names.Contains(row.Name) ? row with { Reason = FoldedStatistics.Reason } : row)])
    {
        FoldedNormalizations = names.Count / 2,
    };

    /// <summary>The table as Markdown.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("| tensor | outcome | why |\n| --- | --- | --- |\n");
        foreach (var row in Rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {row.Name} | {row.Outcome} | {row.Reason} |\n");
        }

        return text.ToString();
    }
}

/// <summary>What happened to one tensor.</summary>
/// <param name="Name">Its name in the state dict.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">The reason in words; empty if it was simply loaded.</param>
public sealed record WeightReportRow(string Name, WeightOutcome Outcome, string Reason = "");

/// <summary>The outcome of loading a tensor.</summary>
public enum WeightOutcome
{
    /// <summary>Loaded from the file without change.</summary>
    Loaded,

    /// <summary>The rows of classes in both file and model were loaded; the rows of other classes keep new weights.</summary>
    KnownClasses,

    /// <summary>It keeps its new weights: the file does not have it, or has it in another shape.</summary>
    Renewed,

    /// <summary>Only the file has it.</summary>
    Skipped,
}
