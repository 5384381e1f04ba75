using Microsoft.Build.Framework;
using NanoDet.Build.Logging;

namespace NanoDet.Build.Tasks;

/// <summary>Records an accepted model in the store, so that the results that it needs are not pruned.</summary>
public sealed class RememberModel : StoreTask
{
    /// <summary><c>NanoDetModelName</c>.</summary>
    [Required]
    public string Name { get; set; } = "";

    /// <summary>The version with the model's digest.</summary>
    [Required]
    public string ModelVersion { get; set; } = "";

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
        => OpenStore(log).Remember(Name, ModelVersion, FullOutputFolder, log.Write);
}
