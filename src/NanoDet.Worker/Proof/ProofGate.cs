using System.Collections.Immutable;
using System.Diagnostics;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Pipeline.Requests;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Native;
using NanoDet.Training.Proof;
using NanoDet.Worker.Lifetime;

namespace NanoDet.Worker.Proof;

/// <summary>
/// Lets work begin only in an arithmetic that was proved on this machine. What a process computes with is decided when libtorch
/// is loaded, so the next choice is proved, and used, in a process of its own: this program again, with the same request.
/// </summary>
/// <param name="arguments">The arguments that this process was started with, without <see cref="Option"/> and its value.</param>
/// <param name="failures">What was wrong with the choices before, in order; empty in the first process.</param>
/// <param name="stop">Ends the work.</param>
internal sealed class ProofGate(IReadOnlyList<string> arguments, ImmutableArray<Discrepancy> failures, StopSignal stop)
{
    /// <summary>Says which file holds what was wrong with the choices before.</summary>
    public const string Option = "--after";

    /// <summary>Whether this is the process that was asked, and not one that took over.</summary>
    public bool IsFirst => failures.IsEmpty;

    /// <summary>Works in a proved arithmetic, here or in another process.</summary>
    /// <param name="subject">What has to be computed correctly.</param>
    /// <param name="work">The work.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="NanoDetException">NDB4061, NDB4062: nothing computes correctly; NDB9xxx: libtorch cannot be loaded.</exception>
    public int Run(ProofSubject subject, Action<ProvedArithmetic> work)
    {
        var key = subject.Key();
        if (IsFirst && VerdictFile.Find(key) is { } known)
        {
            LibTorch.Load(subject.Device, known.Arithmetic);
            Work(known, work);
            return 0;
        }

        var choices = Arithmetic.Choices(subject.Instructions, subject.Device, subject.Precision, subject.UsesTf32);
        var choice = choices[failures.Length];
        LibTorch.Load(subject.Device, choice);
        if (ArithmeticProof.Find(subject, out var operations, stop.Token) is not { } discrepancy)
        {
            var proved = new ProvedArithmetic(choice, operations, failures.FirstOrDefault());
            VerdictFile.Keep(key, proved);
            Work(proved, work);
            return 0;
        }

        ImmutableArray<Discrepancy> now = [.. failures, discrepancy];
        return now.Length < choices.Length
            ? Continue(now)
            : throw new NanoDetException(subject.Precision == TrainingPrecision.BFloat16
                ? ArithmeticDiagnostics.MixedPrecisionWrong(Processor.Name, now[0].Operation, now[0].Result, now[0].Deviation, now[0].Channels)
                : ArithmeticDiagnostics.NothingComputesCorrectly(
                    Processor.Name, now[0].Operation, now[0].Result, now[0].Deviation, now[0].Channels, choices.Length));
    }

    private static void Work(ProvedArithmetic proved, Action<ProvedArithmetic> work)
    {
        if (proved.Replaced is { } replaced)
        {
            Console.WriteLine(ArithmeticDiagnostics.Replaced(
                Processor.Name, replaced.Operation, replaced.Result, replaced.Deviation, replaced.Channels, proved.Arithmetic.ToString(), Cost(proved.Arithmetic)));
        }

        work(proved);
    }

    // As `arithmetic` in tests/NanoDet.Benchmarks measures it; docs/diagnostics/NDB4060.md has the figures.
    private static string Cost(Arithmetic taken) => taken switch
    {
        { UsesOneDnn: false } => "takes about five times as long",
        { Order: MemoryOrder.Planar } => "takes a third to a half longer",
        _ => "takes about a fifth longer on a processor with AVX-512",
    };

    // The program is either an executable of its own or a file that 'dotnet' runs.
    private static string[] Program()
        => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];

    private int Continue(ImmutableArray<Discrepancy> now)
    {
        var file = Path.Combine(Path.GetTempPath(), $"nanodet-{Guid.NewGuid():N}.json");
        try
        {
            VerdictFile.Write(file, now);
            // Standard output is this process's own: the next one says the same. Its standard input ends when this process is
            // told to stop, and also when it is killed, which it could tell nobody.
            using var next = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. Program(), .. arguments.Where(argument => argument != WorkerVerb.Attached), WorkerVerb.Attached, Option, file])
            {
                RedirectStandardInput = true,
            })!;
            using var stopping = stop.Token.Register(next.StandardInput.Close);
            stop.LastWords = () => next.WaitForExit(StopSignal.Patience);
            next.WaitForExit();
            return next.ExitCode;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
