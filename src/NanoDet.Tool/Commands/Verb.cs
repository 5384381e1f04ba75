using System.CommandLine;
using System.CommandLine.Parsing;
using NanoDet.Core.Diagnostics;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Commands;

/// <summary>
/// One verb of the tool: options declared in the constructor, work in <see cref="RunAsync"/>. Bad input is reported as one
/// canonical line on standard error.
/// </summary>
internal abstract class Verb : Command
{
    /// <summary>Declares a verb.</summary>
    protected Verb(string name, string description)
        : base(name, description) => SetAction(InvokeAsync);

    /// <summary>Example command lines, each with what it does; printed below the help.</summary>
    public abstract IEnumerable<(string Line, string Meaning)> Examples { get; }

    /// <summary>The full name of a verb, with its parents: <c>store list</c>.</summary>
    public static string PathOf(Command command)
        => command.Parents.OfType<Command>().FirstOrDefault() is { } above and not RootCommand ? $"{PathOf(above)} {command.Name}" : command.Name;

    /// <summary>Does the work.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    /// <exception cref="NanoDetException">The work cannot continue.</exception>
    /// <exception cref="UsageException">The command line is wrong.</exception>
    protected abstract Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation);

    /// <summary>
    /// A misspelt option would be taken for the name of a file where a verb takes any number of them. After <c>--</c>, a name may
    /// begin with a dash.
    /// </summary>
    private void RequireKnownOptions(ParseResult parsed)
    {
        var names = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).ToHashSet(ReferenceEqualityComparer.Instance);
        var unknown = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .FirstOrDefault(token => names.Contains(token) && token.Value is ['-', '-' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'), ..])?.Value;
        if (unknown is not null)
        {
            throw new UsageException(UnknownOption(unknown));
        }
    }

    // Mostly a variable of a script that has no value; files would be written into the current folder.
    private static void RequireValues(ParseResult parsed)
    {
        var empty = parsed.CommandResult.Children.OfType<OptionResult>().FirstOrDefault(option => option.Tokens.Any(token => token.Value.Length == 0));
        if (empty is not null)
        {
            throw new UsageException($"the value of {empty.Option.Name} is empty");
        }
    }

    /// <summary>Says that there is no such option, and which one may be meant.</summary>
    /// <param name="token">The option, perhaps with its value.</param>
    public string UnknownOption(string token)
    {
        var name = token.Split('=')[0];
        // One letter is near to every other.
        var known = name.Length <= 2 ? null : Suggestion.For(name, Options.SelectMany(option => option.Aliases.Prepend(option.Name)));
        return $"There is no option '{name}'{(known is null ? "" : $"; did you mean '{known}'?")}";
    }

    private async Task<int> InvokeAsync(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            RequireKnownOptions(parsed);
            RequireValues(parsed);
            return await RunAsync(parsed, cancellation);
        }
        catch (NanoDetException exception)
        {
            foreach (var diagnostic in NativeLibraries.Problem(exception) is { } missing ? [missing] : exception.Diagnostics)
            {
                await Console.Error.WriteLineAsync(diagnostic.ToString());
            }

            return ExitCode.Failed;
        }
        catch (UsageException exception)
        {
            await Console.Error.WriteLineAsync($"nanodet {PathOf(this)}: {PrintedText.Escape(exception.Message)}");
            return ExitCode.Usage;
        }
        catch (ReaderGoneException)
        {
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Cancelled;
        }
        catch (Exception exception) when (NativeLibraries.Problem(exception) is { } problem)
        {
            await Console.Error.WriteLineAsync(problem.ToString());
            return ExitCode.Failed;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Such as standard output on a disk that is full.
            await Console.Error.WriteLineAsync($"nanodet {PathOf(this)}: {PrintedText.Escape(exception.Message)}");
            return ExitCode.Failed;
        }
    }
}
