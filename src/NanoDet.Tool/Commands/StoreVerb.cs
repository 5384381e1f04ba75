using System.CommandLine;
using NanoDet.Pipeline.Store.Local;

namespace NanoDet.Tool.Commands;

/// <summary><c>nanodet store</c>: maintains the store, in which builds keep their results.</summary>
internal sealed class StoreVerb : Command
{
    /// <summary>Declares its subcommands.</summary>
    public StoreVerb()
        : base("store", "Lists, verifies and prunes the store, in which builds keep their results.")
    {
        Subcommands.Add(new StoreListVerb());
        Subcommands.Add(new StoreVerifyVerb());
        Subcommands.Add(new StorePruneVerb());
    }

    /// <summary>The option for the folder of the store.</summary>
    public static Option<string?> FolderOption() => new("--store") { Description = "The folder of the store. Default: that of the environment variable NanoDetStore, as for a build, or else .nanodet/store in your home folder." };

    /// <summary>Opens the store; a folder that does not exist is an empty store.</summary>
    public static LocalStore Open(string? folder)
        => new(Path.GetFullPath(folder ?? (Environment.GetEnvironmentVariable("NanoDetStore") is { } named && !LocalStore.IsNone(named) ? named : LocalStore.DefaultFolder)));
}
