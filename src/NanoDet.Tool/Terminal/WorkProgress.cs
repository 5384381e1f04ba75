using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace NanoDet.Tool.Terminal;

/// <summary>Shows the progress of long work: a bar on a terminal, nothing in a pipe, and the speed at the end.</summary>
internal static class WorkProgress
{
    /// <summary>Runs work that reports each of its steps.</summary>
    /// <param name="what">What is counted, in the plural, such as <c>images</c>.</param>
    /// <param name="total">The number of steps; null if it is not known.</param>
    /// <param name="quiet">Whether to show neither the bar nor the speed.</param>
    /// <param name="work">The work; calls the action after each step.</param>
    public static async Task RunAsync(string what, long? total, bool quiet, Func<Action, Task> work)
    {
        var steps = 0L;
        var watch = Stopwatch.StartNew();
        try
        {
            // Results on the same terminal would break the bar.
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
                    CultureInfo.InvariantCulture, $"{steps} {(steps == 1 ? what.TrimEnd('s') : what)} in {seconds:0.0} s, {steps / seconds:0.0} per second"));
            }
        }
    }
}
