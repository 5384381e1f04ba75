using NanoDet.Build.Items;
using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Planning;

namespace NanoDet.Build.Tasks;

/// <summary>A task that reads properties of the project, and reports invalid values.</summary>
public abstract class ProjectTask : NanoDetTask
{
    /// <summary>Reads values of properties.</summary>
    private protected ProjectProperties Properties => new(ProjectFile);

    /// <summary>Sees that the output folder is a build's, before anything is written into it.</summary>
    /// <exception cref="NanoDetException">NDB3070 or NDB9051.</exception>
    private protected void ClaimOutputFolder() => IntermediateFolder.Claim(FullOutputFolder, ProjectFile);
}
