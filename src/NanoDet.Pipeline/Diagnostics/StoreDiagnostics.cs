using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Pipeline.Diagnostics;

/// <summary>NDB43xx: the store of results.</summary>
public static class StoreDiagnostics
{
    /// <summary>NDB4301: nothing may be trained, and the store does not have the model.</summary>
    public static Diagnostic TrainingNeeded(string key) => new(
        "NDB4301", Error, $"The model must be trained, but NanoDetTrain=IfCached forbids it, and no store has a training with the key {key}");

    /// <summary>NDB4302: an entry of the store is damaged.</summary>
    public static Diagnostic Damaged(string stage, string folder, string reason) => new(
        "NDB4302", Warning, $"The store '{folder}' has a damaged result of '{stage}', which is not used: {reason.TrimEnd('.')}");

    /// <summary>NDB4303: the store's folder cannot be read or written.</summary>
    public static Diagnostic NotUsable(string folder, string reason)
        => new("NDB4303", Warning, $"The store '{folder}' cannot be used, so this build continues without it: {reason.TrimEnd('.')}");

    /// <summary>NDB4304: the remote store cannot or must not be used.</summary>
    public static Diagnostic RemoteFailed(string address, string reason)
        => new("NDB4304", Warning, $"The remote store '{address}' cannot be used, so this build continues without it: {reason.TrimEnd('.')}");
}
