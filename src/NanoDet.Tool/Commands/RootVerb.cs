using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace NanoDet.Tool.Commands;

/// <summary>The command line as a whole.</summary>
internal static class RootVerb
{
    /// <summary>Parses a command line and runs its verb.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Detects objects with NanoDet models, and tells how good the models are.")
        {
            new DetectVerb(),
            new ViewVerb(),
            new EvalVerb(),
            new BenchVerb(),
            new InspectVerb(),
            new ConvertVerb(),
        };
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new TeachingHelp((HelpAction)option.Action!);
        }

        var parsed = root.Parse(args);
        var code = await parsed.InvokeAsync();
        return parsed.Action is ParseErrorAction ? ExitCode.Usage : code;
    }
}
