using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace NanoDet.Tool.Commands;

/// <summary>The usual help, followed by examples; the help of the tool itself has the first example of each verb.</summary>
internal sealed class TeachingHelp(HelpAction help) : SynchronousCommandLineAction
{
    /// <inheritdoc />
    public override bool ClearsParseErrors => help.ClearsParseErrors;

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var command = parseResult.CommandResult.Command;
        output.WriteLine("Examples:");
        foreach (var (line, meaning) in command is Verb verb ? verb.Examples : Verbs(command).Select(each => each.Examples.First()))
        {
            output.WriteLine($"  {line}");
            output.WriteLine($"      {meaning}");
        }

        return code;
    }

    private static IEnumerable<Verb> Verbs(Command command)
        => command.Subcommands.SelectMany(each => each is Verb verb ? [verb] : Verbs(each).Take(command is RootCommand ? 1 : int.MaxValue));
}
