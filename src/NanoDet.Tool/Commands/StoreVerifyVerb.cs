using System.CommandLine;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Store.Local;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Commands;

/// <summary><c>nanodet store verify</c>: checks every result in the store.</summary>
internal sealed class StoreVerifyVerb : Verb
{
    private readonly Option<string?> _store = StoreVerb.FolderOption();
    private readonly Option<bool> _repair = new("--repair") { Description = "Remove damaged results; a build makes them again when it needs them." };
    private readonly ReportOptions _report;

    /// <summary>Declares the verb.</summary>
    public StoreVerifyVerb()
        : base("verify", "Reads every result in the store and compares it with its digest.")
    {
        foreach (var option in new Option[] { _store, _repair })
        {
            Options.Add(option);
        }

        _report = ReportOptions.Last(this);
    }

    /// <inheritdoc />
    public override IEnumerable<(string Line, string Meaning)> Examples =>
    [
        ("nanodet store verify", "lists damaged results, and exits with code 1 if there are any"),
        ("nanodet store verify --repair", "also removes them"),
    ];

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var store = StoreVerb.Open(parsed.GetValue(_store));
        var entries = new StoreInventory(store).Verify(cancellation).ToList();
        var damaged = entries.Where(entry => entry.Problem is not null).ToList();
        var repair = parsed.GetValue(_repair);
        foreach (var entry in damaged)
        {
            await Console.Error.WriteLineAsync(StoreDiagnostics.Damaged(entry.Action?.Stage ?? entry.Key, store.Folder, entry.Problem!).ToString());
            if (repair)
            {
                store.Drop(entry.Key);
            }
        }

        _report.Print(
            parsed,
            new { entries = entries.Count, damaged = damaged.Select(entry => new { entry.Key, entry.Action?.Stage, entry.Problem }), repaired = repair },
            () => ToolConsole.Print($"{entries.Count} {(entries.Count == 1 ? "result" : "results")}, {damaged.Count} damaged{(repair && damaged.Count > 0 ? " and removed" : "")} in {store.Folder}\n"));
        return damaged.Count == 0 || repair ? ExitCode.Done : ExitCode.Failed;
    }
}
