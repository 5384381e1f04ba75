using System.Globalization;
using System.Text;
using NanoDet.Training.Models;

namespace NanoDet.Training.Weights;

/// <summary>What happened to every tensor of a file and of a model when the file was loaded into the model.</summary>
/// <param name="Rows">The model's tensors in its order, then those that only the file has.</param>
public sealed record WeightReport(IReadOnlyList<WeightReportRow> Rows)
{
    private const string Backbone = "backbone.";

    /// <summary>The number of normalisations of which the file has no statistics, because an export folded them into convolutions.</summary>
    public int FoldedNormalizations { get; private init; }

    /// <summary>
    /// The number of tensors with an outcome that detection uses: without the guidance module, and without those that are no weights, such
    /// as the counters of normalisations.
    /// </summary>
    public int Count(WeightOutcome outcome) => Detecting.Count(row => row.Outcome == outcome);

    /// <summary>One line that says how many tensors were loaded, partly loaded, renewed and skipped, and what became of the guidance module.</summary>
    public string Summary
    {
        get
        {
            var guidance = Guidance.ToList();
            return Counts(Detecting) + (guidance.Count == 0 ? "" : $"; guidance module: {InWords(guidance)}");
        }
    }

    /// <summary>The part of the network of which less than half of the tensors were loaded: the backbone, or else all that detects; null for none.</summary>
    public WeightShortfall? Shortfall
    {
        get
        {
            var network = Detecting.Where(row => row.Outcome != WeightOutcome.Skipped).ToList();
            return new[] { ("backbone", network.FindAll(row => row.Name.StartsWith(Backbone, StringComparison.Ordinal))), ("network", network) }
                .Select(part => new WeightShortfall(part.Item1, part.Item2.Count(row => row.Outcome != WeightOutcome.Renewed), part.Item2.Count))
                .FirstOrDefault(part => 2 * part.Loaded < part.Tensors);
        }
    }

    private IEnumerable<WeightReportRow> Detecting => Rows.Where(row => StateDict.IsLearnt(row.Name) && !StateDict.IsGuidance(row.Name));

    private IEnumerable<WeightReportRow> Guidance => Rows.Where(row => StateDict.IsLearnt(row.Name) && StateDict.IsGuidance(row.Name));

    /// <summary>The same report, which says which statistics come from no training.</summary>
    /// <param name="names">The names of the statistics (<see cref="FoldedStatistics"/>), two for each normalisation.</param>
    internal WeightReport WithFolded(IReadOnlySet<string> names) => new([.. Rows.Select(row => names.Contains(row.Name) ? row with { Reason = FoldedStatistics.Reason } : row)])
    {
        FoldedNormalizations = names.Count / 2,
    };

    /// <summary>The tables as Markdown: of what the line counts, and of the guidance module.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Add(text, Detecting);
        var guidance = Guidance.ToList();
        if (guidance.Count > 0)
        {
            text.Append("\nThe guidance module, which only training uses:\n\n");
            Add(text, guidance);
        }

        return text.ToString();
    }

    private static string InWords(List<WeightReportRow> rows) => rows.Select(row => row.Outcome).Distinct().ToList() switch
    {
        [WeightOutcome.Renewed] => "new",
        [WeightOutcome.Loaded] => "loaded",
        [WeightOutcome.Skipped] => "skipped",
        _ => Counts(rows),
    };

    private static string Counts(IEnumerable<WeightReportRow> rows)
    {
        var counts = rows.CountBy(row => row.Outcome).ToDictionary();
        int Of(WeightOutcome outcome) => counts.GetValueOrDefault(outcome);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Of(WeightOutcome.Loaded)} tensors loaded, {Of(WeightOutcome.KnownClasses)} by class, {Of(WeightOutcome.Renewed)} renewed, {Of(WeightOutcome.Skipped)} skipped");
    }

    private static void Add(StringBuilder text, IEnumerable<WeightReportRow> rows)
    {
        text.Append("| tensor | outcome | why |\n| --- | --- | --- |\n");
        foreach (var row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {row.Name} | {row.Outcome} | {row.Reason} |\n");
        }
    }
}

/// <summary>A part of a network of which a file has only a few tensors.</summary>
/// <param name="Part">The part in words.</param>
/// <param name="Loaded">The number of its tensors that were loaded, at least in part.</param>
/// <param name="Tensors">The number of its tensors.</param>
public sealed record WeightShortfall(string Part, int Loaded, int Tensors);

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
