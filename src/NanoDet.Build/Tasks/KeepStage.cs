using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Data.Planning;

namespace NanoDet.Build.Tasks;

/// <summary>Gives the outputs of a stage that has run to the store.</summary>
public sealed class KeepStage : StoreTask
{
    /// <summary>The stage.</summary>
    [Required]
    public string Stage { get; set; } = "";

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
        => OpenStore().KeepAsync(StoredStage.Of(Stage)!, FullOutputFolder, log.Write, cancellation).GetAwaiter().GetResult();
}
