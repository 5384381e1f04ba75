using NanoDet.Core.Diagnostics;
using NanoDet.Fuzzing.Mutation;
using NanoDet.Fuzzing.Readers;

namespace NanoDet.Fuzzing.Running;

/// <summary>Reads one mutated input after the other, and keeps those that break the contract.</summary>
/// <param name="reader">What reads.</param>
/// <param name="budget">How many.</param>
internal sealed class FuzzRun(FuzzedReader reader, FuzzBudget budget)
{
    private const int MostFindings = 10;

    // That of a thread on Windows: what recurses must stop before.
    private const int Stack = 1 << 20;

    private readonly Mutator _mutator = new(reader.Samples, reader.Tokens);
    private readonly List<string> _findings = [];
    private readonly HashSet<string> _kinds = [];
    private int _number = -1;

    /// <summary>Inputs that were tried.</summary>
    public int Tried => _number;

    /// <summary>Tries them.</summary>
    /// <param name="longest">Longest time for one input.</param>
    /// <returns>What broke the contract, one line a kind; empty where nothing did.</returns>
    public IReadOnlyList<string> Run(TimeSpan longest)
    {
        using var done = new ManualResetEventSlim();
        var thread = new Thread(() => TryAll(done), Stack) { IsBackground = true };
        thread.Start();
        for (var last = -1; !done.Wait(longest); last = Volatile.Read(ref _number))
        {
            if (last == Volatile.Read(ref _number))
            {
                return [.. _findings, Keep(_mutator.Make(budget.Seed, last), last, $"takes longer than {longest.TotalSeconds} s")];
            }
        }

        return _findings;
    }

    private void TryAll(ManualResetEventSlim done)
    {
        for (var number = 0; number < Math.Max(budget.Inputs / reader.Share, reader.Samples.Count) && _kinds.Count < MostFindings; number++)
        {
            Volatile.Write(ref _number, number);
            Try(_mutator.Make(budget.Seed, number), number);
        }

        Volatile.Write(ref _number, _number + 1);
        done.Set();
    }

    private void Try(byte[] input, int number)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            reader.Read(input);
        }
        catch (NanoDetException exception)
        {
            if (exception.Diagnostic.ToString().Any(char.IsControl))
            {
                Find("line", $"prints a control character: {exception.Diagnostic.Code}");
            }
        }
        catch (Exception exception)
        {
            // The place, so that one fault with a thousand inputs is one finding.
            var place = exception.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("NanoDet.", StringComparison.Ordinal) && !line.Contains("NanoDet.Fuzzing", StringComparison.Ordinal))?.Trim();
            Find($"{exception.GetType()} {place}", $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")} {place}");
        }

        if (GC.GetAllocatedBytesForCurrentThread() - before is > FuzzBudget.MostBytes and var bytes)
        {
            Find("memory", $"allocates {bytes >> 20} MiB");
        }

        void Find(string kind, string what)
        {
            if (_kinds.Add(kind))
            {
                _findings.Add(Keep(input, number, what));
            }
        }
    }

    private string Keep(byte[] input, int number, string what)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "nanodet-fuzzing")).FullName;
        var path = Path.Combine(folder, $"{reader.Name}-{budget.Seed}-{number}.bin");
        File.WriteAllBytes(path, input);
        return $"{reader.Name}, seed {budget.Seed}, input {number} ({path}): {what}";
    }
}
