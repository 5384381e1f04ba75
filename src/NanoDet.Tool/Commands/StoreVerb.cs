using System.CommandLine;
using NanoDet.Pipeline.Store.Local;

namespace NanoDet.Tool.Commands;

/// <summary><c>nanodet store</c>: looks after the folder in which builds keep their results.</summary>
internal sealed class StoreVerb : Command
{
    /// <summary>Declares the verbs below it.</summary>
    public StoreVerb()
        : base("store", "Lists, verifies and prunes the store, in which builds keep their results.")
    {
        Subcommands.Add(new StoreListVerb());
        Subcommands.Add(new StoreVerifyVerb());
        Subcommands.Add(new StorePruneVerb());
    }

    /// <summary>Which store is meant.</summary>
    public static Option<string?> FolderOption() => new("--store") { Description = "The folder of the store, as in NanoDetStore. Default: .nanodet/store in your home folder." };

    /// <summary>The store; one that is not there is empty.</summary>
    public static LocalStore Open(string? folder) => new(Path.GetFullPath(folder ?? LocalStore.DefaultFolder));
}
