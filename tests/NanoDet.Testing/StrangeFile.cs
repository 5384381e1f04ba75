using System.Runtime.InteropServices;
using Xunit;

namespace NanoDet.Testing;

/// <summary>Makes what has the name of a file and is none that can be read to its end.</summary>
public static class StrangeFile
{
    /// <summary>What there is, by name.</summary>
    public static IEnumerable<string> Kinds => ["pipe", "device", "loop", "dangling link", "unreadable", "endless"];

    /// <summary>Makes one in place of a file.</summary>
    public static void Make(string kind, string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && kind != "endless", "Windows has no such file that a user may make");
        File.Delete(path);
        switch (kind)
        {
            case "pipe":
                MakePipe(path);
                break;
            case "device":
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
            case "unreadable":
                Assert.SkipUnless(OperatingSystem.IsLinux(), "a file that only fails when it is read");
                File.CreateSymbolicLink(path, "/proc/self/mem");
                break;
            case "loop":
                File.CreateSymbolicLink(path, Path.GetFileName(path));
                break;
            case "dangling link":
                File.CreateSymbolicLink(path, "nowhere");
                break;
            default:
                using (var file = File.Create(path))
                {
                    file.SetLength(1L << 40);
                }

                break;
        }
    }

    /// <summary>Makes a named pipe: whoever opens it waits for somebody at its other end.</summary>
    public static void MakePipe(string path) => Assert.Equal(0, MakePipe(path, Convert.ToInt32("600", 8)));

    [DllImport("libc", EntryPoint = "mkfifo", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int MakePipe(string path, int mode);
}
