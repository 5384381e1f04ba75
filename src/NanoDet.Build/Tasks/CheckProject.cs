using Microsoft.Build.Framework;
using NanoDet.Build.Items;
using NanoDet.Build.Logging;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Build.Tasks;

/// <summary>Judges the project's properties before anything is done with them, and names that mean nothing.</summary>
public sealed class CheckProject : ProjectTask
{
    /// <summary>The properties with a form of their own: name, and metadata <c>Value</c>.</summary>
    [Required]
    public ITaskItem[] Values { get; set; } = [];

    /// <summary>Files that the project is made of, which are followed along their imports.</summary>
    public ITaskItem[] ProjectFiles { get; set; } = [];

    /// <summary>Our own MSBuild files, which say what there is.</summary>
    [Required]
    public ITaskItem[] OwnFiles { get; set; } = [];

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        foreach (var value in Values)
        {
            try
            {
                PropertyRules.Check(Properties, value.ItemSpec, value.GetMetadata("Value"));
            }
            catch (NanoDetException exception)
            {
                log.Write(exception);
            }
        }

        var own = new OwnNames(OwnFiles.Select(file => file.ItemSpec));
        foreach (var problem in Names().Select(own.Judge).OfType<Diagnostic>())
        {
            log.Write(problem);
        }
    }

    /// <summary>In files, on the command line and in the environment, whose variables are properties too.</summary>
    private IEnumerable<ProjectName> Names()
    {
        var global = BuildEngine is IBuildEngine6 engine ? engine.GetGlobalProperties().Keys : [];
        var variables = Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name.StartsWith(ProjectName.Prefix, StringComparison.Ordinal));
        return ProjectFileNames.Read(ProjectFiles.Select(file => file.ItemSpec), ProjectFolder)
            .Concat(global.Concat(variables).Where(name => name.StartsWith(ProjectName.Prefix, StringComparison.OrdinalIgnoreCase))
                .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)
                .Select(name => new ProjectName(name, IsItem: false, new SourceLocation(ProjectFile))));
    }
}
