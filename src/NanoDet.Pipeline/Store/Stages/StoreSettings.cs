using NanoDet.Pipeline.Store.Remote;

namespace NanoDet.Pipeline.Store.Stages;

/// <summary>The settings of a project for its stores.</summary>
public sealed record StoreSettings
{
    /// <summary>The environment variable that keeps a password out of the address.</summary>
    public const string AuthorizationVariable = RemoteStore.AuthorizationVariable;

    /// <summary>Full path of the folder (<c>NanoDetStore</c>); null for none.</summary>
    public string? Folder { get; init; }

    /// <summary>Address of a server (<c>NanoDetRemoteStore</c>), which is used for results that the folder does not have; null for none.</summary>
    public Uri? Remote { get; init; }

    /// <summary>The time limits for the server.</summary>
    public RemoteLimits Limits { get; init; } = new();

    /// <summary>Whether results are read but not written (<c>NanoDetStoreReadOnly</c>).</summary>
    public bool ReadOnly { get; init; }

    /// <summary>The largest size of the folder in bytes (<c>NanoDetStoreMaxSize</c>); null for no limit.</summary>
    public long? MaxSize { get; init; }
}
