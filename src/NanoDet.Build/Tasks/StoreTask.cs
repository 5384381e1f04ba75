using Microsoft.Build.Framework;
using NanoDet.Build.Items;
using NanoDet.Build.Logging;
using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Store.Local;
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
    private protected StageStore OpenStore(DiagnosticLog log)
    {
        var settings = new StoreSettings
        {
            Folder = FolderOf(Store, ProjectFolder, ProjectFile),
            Remote = RemoteStore.Length == 0 ? null : Properties.Address("NanoDetRemoteStore", RemoteStore),
            Limits = new RemoteLimits { Silence = TimeSpan.FromSeconds(Properties.WholeNumber("NanoDetRemoteStoreTimeout", RemoteStoreTimeout, 1, 3600)) },
            ReadOnly = StoreReadOnly,
            MaxSize = StoreMaxSize.Length == 0 ? null : Properties.Size("NanoDetStoreMaxSize", StoreMaxSize),
        };
        // The type is part of the key, because one build may use two versions of the package.
        var name = (typeof(StageStore), settings);
        if (BuildEngine4.GetRegisteredTaskObject(name, RegisteredTaskObjectLifetime.Build) is StageStore known)
        {
            return known;
        }

        if (settings.Remote?.UserInfo.Length > 0)
        {
            log.Write(ProjectDiagnostics.PasswordInProperty("NanoDetRemoteStore", StoreSettings.AuthorizationVariable, ProjectFile));
        }

        var store = new StageStore(settings);
        BuildEngine4.RegisterTaskObject(name, store, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        return store;
    }

    /// <summary>Full path of the local store; null for none.</summary>
    /// <exception cref="NanoDetException">NDB3050: it is not a folder.</exception>
    internal static string? FolderOf(string store, string projectFolder, string projectFile) => store.Trim() switch
    {
        var none when LocalStore.IsNone(none) => null,
        var address when address.Contains("://", StringComparison.Ordinal)
            => throw new ProjectProperties(projectFile).Wrong("NanoDetStore", address, "a folder; NanoDetRemoteStore takes the address of a server"),
        var folder => Path.GetFullPath(Path.Combine(projectFolder, folder)),
    };
}
