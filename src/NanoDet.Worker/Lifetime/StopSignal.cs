using System.Runtime.InteropServices;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Worker.Lifetime;

/// <summary>
/// Ends the process on request: Ctrl+C, a closed terminal, SIGTERM, or the end of standard input
/// if a parent process keeps it open, which also detects the end of the parent. The work is cancelled first; if it
/// does not end within the grace period, it is aborted.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    // There are five seconds in all; the final action, which may write a checkpoint, needs the rest.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>How long to wait for another process that was asked to end and uses this class.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;
    private int _hasEnded;

    /// <summary>Starts listening.</summary>
    /// <param name="isAttached">Whether the end of standard input stops the process.</param>
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

    /// <summary>The action that runs, on a separate thread, before the process ends in the middle of the work.</summary>
    public Action LastWords { get; set; } = () => { };

    /// <summary>Reports that the work has ended by itself. If the process is already ending, this method does not return.</summary>
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
            catch (NanoDetException exception)
            {
                Console.WriteLine(exception.Diagnostic);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(PrintedText.Escape(exception.Message));
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
                // Input is ignored; only its end matters.
            }
        }
        catch (IOException)
        {
            // A broken pipe also means the end.
        }

        Stop();
    }
}
