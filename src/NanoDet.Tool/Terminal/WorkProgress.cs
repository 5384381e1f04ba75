using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace NanoDet.Tool.Terminal;

/// <summary>Tells how far long work is: a bar on a terminal, nothing in a pipe, and the speed at the end.</summary>
internal static class WorkProgress
{
    /// <summary>Runs work that reports each of its steps.</summary>
    /// <param name="what">What is counted, such as <c>pictures</c>.</param>
    /// <param name="total">How many there will be; null where nobody knows.</param>
    /// <param name="quiet">Whether neither bar nor speed are wanted.</param>
    /// <param name="work">The work; calls the action after each step.</param>
    public static async Task RunAsync(string what, long? total, bool quiet, Func<Action, Task> work)
    {
        var steps = 0L;
        var watch = Stopwatch.StartNew();
        try
        {
            // Results on the same terminal would tear the bar.
            if (quiet || Console.IsErrorRedirected || !Console.IsOutputRedirected)
            {
                await work(() => steps++);
            }
            else
            {
                await ToolConsole.Error.Progress()
                    .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
                    .StartAsync(async context =>
                    {
                        var bar = context.AddTask(what, maxValue: total ?? 1).IsIndeterminate(total is null);
                        await work(() =>
                        {
                            steps++;
                            bar.Increment(1);
                        });
                    });
            }
        }
        finally
        {
            if (!quiet && steps > 0)
            {
                var seconds = watch.Elapsed.TotalSeconds;
                await Console.Error.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{steps} {what} in {seconds:0.0} s, {steps / seconds:0.0} a second"));
            }
        }
    }
}
