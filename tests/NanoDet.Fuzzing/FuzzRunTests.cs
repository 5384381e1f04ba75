using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Fuzzing.Mutation;
using NanoDet.Fuzzing.Readers;
using NanoDet.Fuzzing.Running;

namespace NanoDet.Fuzzing;

/// <summary>The driver finds what it is there for.</summary>
public sealed class FuzzRunTests
{
    [Fact]
    public void An_exception_is_found_once_a_place_with_the_input_that_made_it()
    {
        var finding = Assert.Single(Run(content => _ = content.Length > 8 ? content : throw new InvalidOperationException("too short")));

        Assert.Contains("InvalidOperationException: too short", finding, StringComparison.Ordinal);
        var path = finding.Split('(', ')')[1];
        Assert.InRange(new FileInfo(path).Length, 0, 8);
        File.Delete(path);
    }

    [Fact]
    public void What_hangs_and_what_fills_the_memory_is_found()
    {
        using var end = new ManualResetEventSlim();
        var hanging = Run(content => Wait(content, end));
        end.Set();
        var filling = Run(content => GC.KeepAlive(content.Length > 10 ? new byte[FuzzBudget.MostBytes / 2] : content), twice: true);

        Assert.Contains("takes longer", Assert.Single(hanging), StringComparison.Ordinal);
        Assert.Contains("allocates", Assert.Single(filling), StringComparison.Ordinal);
    }

    [Fact]
    public void A_diagnostic_is_what_should_come_out()
        => Assert.Empty(Run(_ => throw new NanoDetException(LabelDiagnostics.UnknownFormat(default))));

    [Fact]
    public void Inputs_can_be_made_again_and_differ()
    {
        var (first, second) = (new Mutator(["one sample"u8.ToArray(), "another"u8.ToArray()], ["token"]), new Mutator(["one sample"u8.ToArray(), "another"u8.ToArray()], ["token"]));
        var inputs = Enumerable.Range(0, 500).Select(number => first.Make(3, number)).ToList();

        Assert.Equal(inputs, Enumerable.Range(0, 500).Select(number => second.Make(3, number)));
        Assert.InRange(inputs.Select(Convert.ToHexString).Distinct().Count(), 400, 500);
    }

    // What fills the memory takes its time, too, and is soon found.
    private static IReadOnlyList<string> Run(Action<byte[]> read, bool twice = false)
        => new FuzzRun(new FuzzedReader("driver", ["0123456789"u8.ToArray()], content =>
        {
            read(content);
            if (twice)
            {
                read(content);
            }
        }), new FuzzBudget(twice ? 10 : 2000, 5)).Run(twice ? FuzzBudget.MostTime : TimeSpan.FromSeconds(1));

    private static void Wait(byte[] content, ManualResetEventSlim end)
    {
        if (content.Length > 60)
        {
            end.Wait();
        }
    }
}
