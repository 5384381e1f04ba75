using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Pipeline.Natives;

namespace NanoDet.Build.Tasks;

/// <summary>Finds the libraries in the folder that the project names.</summary>
public sealed class FindLibTorch : ProjectTask
{
    /// <summary><c>NanoDetLibTorch</c>.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>Whether the libraries for CUDA are needed.</summary>
    public bool UsesCuda { get; set; }

    /// <summary>The folder with the libraries.</summary>
    [Output]
    public string Found { get; set; } = "";

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
        => Found = GivenLibTorch.Find(Path.GetFullPath(Path.Combine(ProjectFolder, Folder.Trim())), UsesCuda, ProjectFile);
}
