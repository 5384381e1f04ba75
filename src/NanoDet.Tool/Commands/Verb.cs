using System.CommandLine;
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
    /// <exception cref="DiagnosticException">The work cannot continue.</exception>
    /// <exception cref="UsageException">The command line is wrong.</exception>
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
            await Console.Error.WriteLineAsync($"nanodet {PathOf(this)}: {PrintedText.Escape(exception.Message)}");
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
