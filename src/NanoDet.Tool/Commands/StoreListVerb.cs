using System.CommandLine;
using NanoDet.Tool.Stores;

namespace NanoDet.Tool.Commands;

/// <summary><c>nanodet store list</c>: lists the results in the store.</summary>
internal sealed class StoreListVerb : Verb
{
    private readonly Option<string?> _store = StoreVerb.FolderOption();
    private readonly ReportOptions _report;

    /// <summary>Declares the verb.</summary>
    public StoreListVerb()
        : base("list", "Lists the results in the store: stage, model, size and age.")
    {
        Options.Add(_store);
        _report = ReportOptions.Last(this);
    }

    /// <inheritdoc />
    public override IEnumerable<(string Line, string Meaning)> Examples =>
    [
        ("nanodet store list", "the results of your builds, the most recently used first"),
        ("nanodet store list --store /mnt/team/nanodet --json", "a shared folder, for a program"),
    ];

    /// <inheritdoc />
    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var store = StoreVerb.Open(parsed.GetValue(_store));
        var results = StoredResult.AllOf(store);
        _report.Print(parsed, results, () => StoreOutput.Print(results, store.Folder));
        return Task.FromResult(ExitCode.Done);
    }
}
