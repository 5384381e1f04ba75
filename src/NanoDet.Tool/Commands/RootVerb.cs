using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Tool.Commands;

/// <summary>The root of the command line.</summary>
internal static class RootVerb
{
    /// <summary>Parses a command line and runs its verb.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Detects objects with NanoDet models, and evaluates the models.")
        {
            new DetectVerb(),
            new ViewVerb(),
            new SuggestVerb(),
            new EvalVerb(),
            new ReportVerb(),
            new BenchVerb(),
            new InspectVerb(),
            new LintVerb(),
            new DiffVerb(),
            new ConvertVerb(),
            new ConvertWeightsVerb(),
            new StoreVerb(),
            new WatchVerb(),
        };
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new TeachingHelp((HelpAction)option.Action!);
        }

        var parsed = root.Parse(args);
        if (parsed.Action is not ParseErrorAction mistake)
        {
            return await parsed.InvokeAsync();
        }

        // The full help would hide the reason, and in a pipe it would be taken for results.
        var command = parsed.CommandResult.Command;
        var path = command == root ? "" : $" {Verb.PathOf(command)}";
        if (command is Verb verb && parsed.UnmatchedTokens.FirstOrDefault(token => token.StartsWith('-')) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"nanodet{path}: {PrintedText.Escape(verb.UnknownOption(unknown))}");
        }
        else
        {
            mistake.ShowHelp = args.Length == 0;
            mistake.ShowTypoCorrections = command is not Verb && args.Length > 0;
            await parsed.InvokeAsync();
        }

        if (args.Length > 0)
        {
            await Console.Error.WriteLineAsync($"'nanodet{path} --help' shows the options and examples");
        }

        return ExitCode.Usage;
    }
}
