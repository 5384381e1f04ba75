using System.CommandLine;
using System.Globalization;
using NanoDet.Pipeline.Store;
using NanoDet.Pipeline.Store.Local;
using NanoDet.Pipeline.Store.Pruning;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Commands;

/// <summary><c>nanodet store prune</c>: removes old results from the store.</summary>
internal sealed class StorePruneVerb : Verb
{
    private readonly Option<string?> _store = StoreVerb.FolderOption();
    private readonly Option<long?> _maxSize = new("--max-size")
    {
        Description = "Remove the least recently used results until the store has at most this size: 500MB, 5GB.",
        CustomParser = result => Parsed(result, StoreSize.Parse(result.Tokens.Single().Value), "--max-size must be a size, such as 500MB or 5GB."),
    };

    private readonly Option<TimeSpan?> _olderThan = new("--older-than")
    {
        Description = "Remove the results that were not used for this long: 12h, 30d, 8w.",
        CustomParser = result => Parsed(result, Duration(result.Tokens.Single().Value), "--older-than must be a time, such as 12h, 30d or 8w."),
    };

    private readonly Option<int?> _keep = NumberOption.Of<int>(
        "--keep", $"Keep the results that the last models need: this many models of each name. Default: {StoreRoots.Most}.", value => value >= 0, "at least 0");

    private readonly ReportOptions _report;

    /// <summary>Declares the verb.</summary>
    public StorePruneVerb()
        : base("prune", "Removes old results from the store, but keeps those that the last models need.")
    {
        foreach (var option in new Option[] { _store, _maxSize, _olderThan, _keep })
        {
            Options.Add(option);
        }

        _report = ReportOptions.Last(this, "Print JSON, in bytes.");
    }

    /// <inheritdoc />
    public override IEnumerable<(string Line, string Meaning)> Examples =>
    [
        ("nanodet store prune --older-than 30d", "removes results that were not used for a month"),
        ("nanodet store prune --max-size 5GB --keep 3", "reduces the store to 5 GB, but keeps what the last three models of each name need"),
        ("nanodet store prune --max-size 0 --keep 0", "removes everything"),
    ];

    /// <inheritdoc />
    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var store = StoreVerb.Open(parsed.GetValue(_store));
        var result = new StorePruner(store).Prune(
            new PruneOptions
            {
                MaxSize = parsed.GetValue(_maxSize),
                OlderThan = parsed.GetValue(_olderThan),
                Keep = parsed.GetValue(_keep) ?? StoreRoots.Most,
            },
            cancellation);
        _report.Print(
            parsed,
            result,
            () => ToolConsole.Print($"{result.Entries} {(result.Entries == 1 ? "result" : "results")} removed, {StoreSize.Format(result.Freed)} freed, {StoreSize.Format(result.Left)} left in {store.Folder}; the last models need {StoreSize.Format(result.Needed)}\n"));
        return Task.FromResult(ExitCode.Done);
    }

    private static T? Parsed<T>(System.CommandLine.Parsing.ArgumentResult result, T? value, string expected)
        where T : struct
    {
        if (value is null)
        {
            result.AddError(expected);
        }

        return value;
    }

    private static TimeSpan? Duration(string text) => text.Length > 1
        && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 1e5
        ? text[^1] switch
        {
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            'w' => TimeSpan.FromDays(7 * number),
            _ => null,
        }
        : null;
}
