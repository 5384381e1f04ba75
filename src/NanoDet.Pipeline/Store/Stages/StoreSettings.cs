using NanoDet.Pipeline.Store.Remote;

namespace NanoDet.Pipeline.Store.Stages;

/// <summary>What a project says about its store.</summary>
public sealed record StoreSettings
{
    /// <summary>The environment variable that keeps a password out of the address.</summary>
    public const string AuthorizationVariable = RemoteStore.AuthorizationVariable;

    /// <summary>Full path of the folder (<c>NanoDetStore</c>); null for none.</summary>
    public string? Folder { get; init; }

    /// <summary>Address of a server (<c>NanoDetRemoteStore</c>), which is asked for what the folder does not have; null for none.</summary>
    public Uri? Remote { get; init; }

    /// <summary>How much patience there is with the server.</summary>
    public RemoteLimits Limits { get; init; } = new();

    /// <summary>Whether results are taken and none is given (<c>NanoDetStoreReadOnly</c>).</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Bytes that the folder may have (<c>NanoDetStoreMaxSize</c>); null for any number.</summary>
    public long? MaxSize { get; init; }
}
