using Microsoft.Build.Framework;

namespace NanoDet.Build.Tasks;

// The parameters; the properties of the project that they come from are explained in NanoDet.Build.props.
public sealed partial class DescribeModel
{
    /// <summary><c>NanoDetModelName</c>.</summary>
    [Required]
    public string Name { get; set; } = "";

    /// <summary>The project's <c>Version</c>.</summary>
    [Required]
    public string Version { get; set; } = "";

    /// <summary>The stages of this build's plan, with their keys.</summary>
    [Required]
    public ITaskItem[] PlannedStages { get; set; } = [];

    /// <summary><c>NanoDetThreads</c>.</summary>
    [Required]
    public int Threads { get; set; }

    /// <summary><c>NanoDetDevice</c>.</summary>
    [Required]
    public string Device { get; set; } = "";

    /// <summary><c>NanoDetInstructions</c>.</summary>
    public string Instructions { get; set; } = "";

    /// <summary><c>NanoDetModelLicense</c>.</summary>
    public string License { get; set; } = "";

    /// <summary><c>NanoDetScoreThreshold</c>.</summary>
    public string ScoreThreshold { get; set; } = "";

    /// <summary><c>NanoDetPackPreview</c>.</summary>
    public bool PackPreview { get; set; }

    /// <summary><c>NanoDetReportCurves</c>.</summary>
    public bool ReportCurves { get; set; }

    /// <summary>The commit of the checkout; empty outside a repository.</summary>
    public string Commit { get; set; } = "";

    /// <summary>The baseline manifest; empty for the manifest of the last accepted model.</summary>
    public string Baseline { get; set; } = "";

    /// <summary>The lock file to write; empty for none.</summary>
    public string LockFile { get; set; } = "";

    /// <summary><c>NanoDetMinimumMap</c>.</summary>
    public string MinimumMap { get; set; } = "";

    /// <summary><c>NanoDetMinimumMap50</c>.</summary>
    public string MinimumMap50 { get; set; } = "";

    /// <summary><c>NanoDetMaximumRegression</c>.</summary>
    public string MaximumRegression { get; set; } = "";

    /// <summary>Whether to show the table of figures even if no gate fails, because the model is new.</summary>
    public bool ShowFigures { get; set; }

    /// <summary>Name of the folder with the files of this build's model, relative to the output folder; ends with a slash.</summary>
    [Output]
    public string DeliveredFolder { get; set; } = "";

    /// <summary>The version with the model's digest.</summary>
    [Output]
    public string ModelVersion { get; set; } = "";

    /// <summary>The figures of the validation part in words, where it has objects, and the score threshold.</summary>
    [Output]
    public string Figures { get; set; } = "";
}
