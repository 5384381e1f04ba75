using NanoDet.Pipeline.Store;
using NanoDet.Tool.Terminal;
using Spectre.Console;

namespace NanoDet.Tool.Stores;

/// <summary>Prints results in a store for people.</summary>
internal static class StoreOutput
{
    /// <summary>Prints one line per result, and the total.</summary>
    /// <param name="results">The results.</param>
    /// <param name="folder">The folder of the store.</param>
    public static void Print(IReadOnlyList<StoredResult> results, string folder)
    {
        var now = DateTimeOffset.UtcNow;
        var table = ToolConsole.Table().AddColumns("stage", "model", "size", "made", "used", "key");
        foreach (var result in results)
        {
            table.AddRow(
                result.Stage ?? "damaged",
                ToolConsole.Cell(result.Model ?? "-"),
                StoreSize.Format(result.Size),
                Ago(now - result.Completed),
                Ago(now - result.LastUsed),
                result.Key[..12]);
        }

        if (results.Count > 0)
        {
            ToolConsole.Print(table);
        }

        Console.Error.WriteLine($"{results.Count} {(results.Count == 1 ? "result" : "results")}, {StoreSize.Format(results.Sum(result => result.Size))} in {folder}");
    }

    private static string Ago(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => $"{(int)time.TotalDays} days ago",
        { TotalHours: >= 2 } => $"{(int)time.TotalHours} hours ago",
        { TotalMinutes: >= 2 } => $"{(int)time.TotalMinutes} minutes ago",
        _ => "just now",
    };
}
