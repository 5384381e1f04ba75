using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NanoDet.Core.Diagnostics;
using NanoDet.Tool.Terminal;
using NanoDet.Tool.Watching;
using Spectre.Console;

namespace NanoDet.Tool.Commands;

/// <summary><c>nanodet watch</c>: shows a running training.</summary>
internal sealed class WatchVerb : Verb
{
    // Often enough to look live, but seldom enough to cost nothing.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // Between two of its tasks a build holds no lock.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Argument<string> _target = new("project")
    {
        Description = "A project, the folder of a project, or the output folder of a training. Default: the current folder.",
        DefaultValueFactory = _ => ".",
    };

    /// <summary>Declares the verb.</summary>
    public WatchVerb()
        : base("watch", "Shows a running training: losses, mAP, speed and the time left.")
        => Arguments.Add(_target);

    /// <inheritdoc />
    public override IEnumerable<(string Line, string Meaning)> Examples =>
    [
        ("nanodet watch parts", "the training of the project in the folder parts, until it ends"),
        ("nanodet watch parts | tee training.log", "one plain line per epoch"),
        ("nanodet watch artifacts/by-hand", "a training that was started without a build, by its output folder"),
    ];

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var training = WatchSearch.Find(parsed.GetRequiredValue(_target));
        await Console.Error.WriteLineAsync($"watching {PrintedText.Escape(training.ProgressPath)}; Ctrl+C stops watching, not the training");
        WatchState last;
        if (ToolConsole.CanRedraw)
        {
            var picture = new WatchPicture(training.Name);
            last = await ToolConsole.Out.Live(Text.Empty).Overflow(VerticalOverflow.Crop).StartAsync(
                context => FollowAsync(
                    training, state => context.UpdateTarget(picture.Draw(state, ToolConsole.Out.Profile.Width)), cancellation));
        }
        else
        {
            last = await FollowAsync(training, new WatchLines(Console.Out).Show, cancellation);
        }

        if (last.IsDone)
        {
            return ExitCode.Done;
        }

        await Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"No process has trained here for {Patience.TotalSeconds} seconds. If the training was stopped, the next build goes on with it."));
        return ExitCode.Failed;
    }

    /// <summary>Shows a training until it ends, or until nobody has worked on it for a while.</summary>
    private static async Task<WatchState> FollowAsync(WatchedTraining training, Action<WatchState> show, CancellationToken cancellation)
    {
        var (idle, before) = (Stopwatch.StartNew(), (DateTime?)null);
        while (true)
        {
            var state = training.Read();
            show(state);
            var written = File.GetLastWriteTimeUtc(training.ProgressPath);
            if (state.IsRunning || state.IsBuilding || written != before)
            {
                idle.Restart();
            }

            if (state.IsDone || idle.Elapsed > Patience)
            {
                return state;
            }

            before = written;
            await Task.Delay(Interval, cancellation);
        }
    }
}
