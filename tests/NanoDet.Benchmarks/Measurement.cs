using System.Diagnostics;

namespace NanoDet.Benchmarks;

/// <summary>Times several ways to do one thing, in turns, and prints their medians and ratios to the first.</summary>
internal sealed class Measurement(string unit, int count, int rounds)
{
    private readonly List<(string Name, Func<TimeSpan> Run, List<double> Seconds)> _ways = [];

    /// <summary>Adds a way that is timed here.</summary>
    public void Add(string name, Action run) => Add(name, () =>
    {
        var start = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(start);
    });

    /// <summary>Adds a way that tells its own time, such as another program.</summary>
    public void Add(string name, Func<TimeSpan> run) => _ways.Add((name, run, []));

    /// <summary>Runs every way once to warm up, then all in turns, and prints the table.</summary>
    public void Print()
    {
        for (var round = -1; round < rounds; round++)
        {
            foreach (var (_, run, seconds) in _ways)
            {
                var time = run().TotalSeconds;
                if (round >= 0)
                {
                    seconds.Add(time);
                }
            }
        }

        var first = Median(_ways[0].Seconds);
        Console.WriteLine($"{"way",-58} {"median",10} {unit + "/s",12} {"ratio",8}");
        foreach (var (name, _, seconds) in _ways)
        {
            var median = Median(seconds);
            Console.WriteLine(FormattableString.Invariant($"{name,-58} {median * 1000,7:F0} ms {count / median,12:F1} {first / median,8:F2}"));
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
