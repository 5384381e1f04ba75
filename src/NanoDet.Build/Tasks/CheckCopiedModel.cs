using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Build.Tasks;

/// <summary>
/// Checks that the model in the output folder of the project is the one that this build made. The common targets copy by time and
/// length, so a file that was damaged there without a change of either is copied again.
/// </summary>
public sealed class CheckCopiedModel : NanoDetTask
{
    /// <summary>The files of this build's model.</summary>
    [Required]
    public string[] Sources { get; set; } = [];

    /// <summary>Their copies in the output folder of the project, in the same order.</summary>
    [Required]
    public string[] Copies { get; set; } = [];

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        foreach (var (source, copy) in Sources.Select(InProject).Zip(Copies.Select(InProject)))
        {
            if (!File.Exists(copy) || ContentHash.OfFile(copy) != ContentHash.OfFile(source))
            {
                File.Copy(source, copy, overwrite: true);
            }
        }
    }

    private string InProject(string file) => Path.GetFullPath(Path.Combine(ProjectFolder, file));
}
