using System.Runtime.InteropServices;

namespace NanoDet.Worker.Lifetime;

/// <summary>
/// Ends the process when somebody wants it to: Ctrl+C, a closed terminal, a request to terminate, or the end of standard input
/// where another process holds it open, which is also how the end of that process is noticed. The work is cancelled first; what
/// has not come to its end within the grace is left behind.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    // The whole has five seconds; the last words, which may be a checkpoint, need the rest.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>How long a process waits for another one that has been asked to end, and that does as this class says.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;
    private int _hasEnded;

    /// <summary>Listens from now on.</summary>
    /// <param name="isAttached">Whether the end of standard input is a wish to end.</param>
    public StopSignal(bool isAttached)
    {
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            Stop();
        }))];
        if (isAttached)
        {
            new Thread(WaitForEndOfInput) { IsBackground = true, Name = "Standard input" }.Start();
        }
    }

    /// <summary>Is cancelled when the process should end.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>What is done, on a thread of its own, before the process ends in the middle of the work.</summary>
    public Action LastWords { get; set; } = () => { };

    /// <summary>Says that the work has ended by itself. Where the process is ending already, this does not return.</summary>
    public void Dispose()
    {
        if (Interlocked.CompareExchange(ref _hasEnded, 1, 0) == 2)
        {
            Thread.Sleep(Timeout.Infinite);
        }

        foreach (var signal in _signals)
        {
            signal.Dispose();
        }
    }

    private void Stop()
    {
        if (!_source.IsCancellationRequested)
        {
            new Thread(EndAfterGrace) { IsBackground = true, Name = "End" }.Start();
            _source.Cancel();
        }
    }

    private void EndAfterGrace()
    {
        Thread.Sleep(Grace);
        if (Interlocked.CompareExchange(ref _hasEnded, 2, 0) == 0)
        {
            try
            {
                LastWords();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(exception.Message);
            }

            ImmediateExit.With(1);
        }
    }

    private void WaitForEndOfInput()
    {
        try
        {
            using var input = Console.OpenStandardInput();
            Span<byte> ignored = stackalloc byte[256];
            while (input.Read(ignored) > 0)
            {
                // Nothing is said this way.
            }
        }
        catch (IOException)
        {
            // A broken pipe is an end as well.
        }

        Stop();
    }
}
