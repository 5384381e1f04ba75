using System.Globalization;
using System.Text;

namespace NanoDet.Training.Weights;

/// <summary>What became of every tensor of a file and of a model when the one was loaded into the other.</summary>
/// <param name="Rows">The model's tensors in its order, then those that only the file has.</param>
public sealed record WeightReport(IReadOnlyList<WeightReportRow> Rows)
{
    /// <summary>How many tensors had an outcome.</summary>
    public int Count(WeightOutcome outcome) => Rows.Count(row => row.Outcome == outcome);

    /// <summary>One line that says how many tensors were loaded, partly loaded, renewed and skipped.</summary>
    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"{Count(WeightOutcome.Loaded)} tensors loaded, {Count(WeightOutcome.KnownClasses)} by class, {Count(WeightOutcome.Renewed)} renewed, {Count(WeightOutcome.Skipped)} skipped");

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

/// <summary>What became of one tensor.</summary>
/// <param name="Name">Its name in the state dict.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why, in words; empty where it was simply loaded.</param>
public sealed record WeightReportRow(string Name, WeightOutcome Outcome, string Reason = "");

/// <summary>What became of a tensor while loading.</summary>
public enum WeightOutcome
{
    /// <summary>Taken from the file as it is.</summary>
    Loaded,

    /// <summary>The rows of classes that file and model share were taken; those of other classes start fresh.</summary>
    KnownClasses,

    /// <summary>Starts fresh: the file has it not, or in another shape.</summary>
    Renewed,

    /// <summary>Only the file has it.</summary>
    Skipped,
}
