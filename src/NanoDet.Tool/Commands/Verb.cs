using System.CommandLine;
using NanoDet.Core.Diagnostics;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Commands;

/// <summary>
/// One verb of the tool: options declared in the constructor, work in <see cref="RunAsync"/>. Bad input ends as one
/// canonical line on standard error.
/// </summary>
internal abstract class Verb : Command
{
    /// <summary>Declares a verb.</summary>
    protected Verb(string name, string description)
        : base(name, description) => SetAction(InvokeAsync);

    /// <summary>Command lines to learn from, each with what it does; printed below the help.</summary>
    public abstract IEnumerable<(string Line, string Meaning)> Examples { get; }

    /// <summary>A verb as it is typed, with the verbs above it: <c>store list</c>.</summary>
    public static string PathOf(Command command)
        => command.Parents.OfType<Command>().FirstOrDefault() is { } above and not RootCommand ? $"{PathOf(above)} {command.Name}" : command.Name;

    /// <summary>Does the work.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    /// <exception cref="DiagnosticException">It cannot go on.</exception>
    /// <exception cref="UsageException">It should not have begun.</exception>
    protected abstract Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation);

    private async Task<int> InvokeAsync(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            return await RunAsync(parsed, cancellation);
        }
        catch (DiagnosticException exception)
        {
            await Console.Error.WriteLineAsync(exception.Diagnostic.ToString());
            return ExitCode.Failed;
        }
        catch (UsageException exception)
        {
            await Console.Error.WriteLineAsync($"nanodet {PathOf(this)}: {exception.Message}");
            return ExitCode.Usage;
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
    }
}
