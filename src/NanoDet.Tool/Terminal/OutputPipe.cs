using System.Runtime.InteropServices;

namespace NanoDet.Tool.Terminal;

/// <summary>Standard output as a pipe. .NET takes writing into one that nobody reads for success, so that <c>| head</c> would not end a command.</summary>
internal static class OutputPipe
{
    private const int StandardOutput = 1;
    private const short Error = 8; // POLLERR: the end that reads is closed.

    /// <summary>Ends the command where the reader has gone. On Windows, nobody can be asked.</summary>
    /// <exception cref="ReaderGoneException">It has.</exception>
    public static void RequireReader()
    {
        var polled = new Polled { File = StandardOutput };
        if (!OperatingSystem.IsWindows() && Poll(ref polled, 1, 0) > 0 && (polled.Found & Error) != 0)
        {
            throw new ReaderGoneException();
        }
    }

    [DllImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll(ref Polled file, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Polled
    {
        public int File;
        public short Wanted;
        public short Found;
    }
}
