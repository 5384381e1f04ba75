using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Pipeline.Downloads;

namespace NanoDet.Build.Tasks;

/// <summary>Downloads the weights for a training, where this machine does not have them yet.</summary>
public sealed class FetchWeights : WeightsTask
{
    private protected override string Provide(WeightSource source, string folder, DiagnosticLog log, CancellationToken cancellation)
        => source.Provide(folder, text => log.Say(MessageImportance.High, $"NanoDet: {text}"), cancellation);
}
