using Microsoft.Build.Framework;
using NanoDet.Build.Items;
using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Store;
using NanoDet.Pipeline.Store.Remote;
using NanoDet.Pipeline.Store.Stages;

namespace NanoDet.Build.Tasks;

/// <summary>A task that reads or writes the store.</summary>
public abstract class StoreTask : ProjectTask
{
    /// <summary><c>NanoDetStore</c>.</summary>
    public string Store { get; set; } = "";

    /// <summary><c>NanoDetRemoteStore</c>.</summary>
    public string RemoteStore { get; set; } = "";

    /// <summary><c>NanoDetRemoteStoreTimeout</c>.</summary>
    [Required]
    public string RemoteStoreTimeout { get; set; } = "";

    /// <summary><c>NanoDetStoreReadOnly</c>.</summary>
    public bool StoreReadOnly { get; set; }

    /// <summary><c>NanoDetStoreMaxSize</c>.</summary>
    public string StoreMaxSize { get; set; } = "";

    /// <summary>
    /// The store, shared by all tasks of a build, so that a failure is reported once and later stages do not try again.
    /// </summary>
    private protected StageStore OpenStore()
    {
        var settings = new StoreSettings
        {
            Folder = FolderOf(Store, ProjectFolder, ProjectFile),
            Remote = AddressOf(RemoteStore.Trim()),
            Limits = new RemoteLimits { Silence = TimeSpan.FromSeconds(Properties.WholeNumber("NanoDetRemoteStoreTimeout", RemoteStoreTimeout, 1, 3600)) },
            ReadOnly = StoreReadOnly,
            MaxSize = string.IsNullOrWhiteSpace(StoreMaxSize) ? null
                : StoreSize.Parse(StoreMaxSize) ?? throw Properties.Wrong("NanoDetStoreMaxSize", StoreMaxSize, "a size, such as 5GB"),
        };
        // The type is part of the key, because one build may use two versions of the package.
        var name = (typeof(StageStore), settings);
        if (BuildEngine4.GetRegisteredTaskObject(name, RegisteredTaskObjectLifetime.Build) is StageStore known)
        {
            return known;
        }

        var store = new StageStore(settings);
        BuildEngine4.RegisterTaskObject(name, store, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        return store;
    }

    /// <summary>Full path of the local store; null for none.</summary>
    /// <exception cref="DiagnosticException">NDB3050: it is not a folder.</exception>
    internal static string? FolderOf(string store, string projectFolder, string projectFile) => store.Trim() switch
    {
        "" => null,
        var address when address.Contains("://", StringComparison.Ordinal)
            => throw new ProjectProperties(projectFile).Wrong("NanoDetStore", address, "a folder; NanoDetRemoteStore takes the address of a server"),
        var folder => Path.GetFullPath(Path.Combine(projectFolder, folder)),
    };

    private Uri? AddressOf(string address)
        => address.Length == 0 ? null
        : Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) ? uri
        : throw Properties.Wrong("NanoDetRemoteStore", address, "the address of a server, such as http://cache.example:8080/nanodet");
}
