using System.Runtime.InteropServices;

namespace NanoDet.Pipeline.Caching;

// statx and not stat: its structure belongs to the kernel and is the same for all processors and C libraries.
public readonly partial record struct FileStamp
{
    private const int WorkingFolder = -100; // AT_FDCWD
    private const uint BasicFields = 0x7ff; // STATX_BASIC_STATS
    private const int KindOfFile = 0xf000, Folder = 0x4000; // S_IFMT, S_IFDIR

    private static FileStamp? OnLinux(string path)
        => StatX(WorkingFolder, path, 0, BasicFields, out var answer) == 0 && (answer.Mode & KindOfFile) != Folder
            ? new FileStamp(
                (long)answer.Length,
                Ticks(answer.ModifiedSeconds, answer.ModifiedNanoseconds),
                Ticks(answer.ChangedSeconds, answer.ChangedNanoseconds),
                answer.Inode)
            : null;

    [DllImport("libc", EntryPoint = "statx", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatX(int folder, string path, int flags, uint fields, out StatXAnswer answer);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatXAnswer
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(40)]
        public ulong Length;

        [FieldOffset(96)]
        public long ChangedSeconds;

        [FieldOffset(104)]
        public uint ChangedNanoseconds;

        [FieldOffset(112)]
        public long ModifiedSeconds;

        [FieldOffset(120)]
        public uint ModifiedNanoseconds;
    }
}
