using NanoDet.Build.Items;

namespace NanoDet.Build.Tasks;

/// <summary>A task that reads properties of the project, and reports invalid values.</summary>
public abstract class ProjectTask : NanoDetTask
{
    /// <summary>The project file, for errors about its properties.</summary>
    public string ProjectFile { get; set; } = "";

    /// <summary>Reads values of properties.</summary>
    private protected ProjectProperties Properties => new(ProjectFile);
}
