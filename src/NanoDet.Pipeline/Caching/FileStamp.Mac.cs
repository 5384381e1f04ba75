using System.Runtime.InteropServices;

namespace NanoDet.Pipeline.Caching;

// getattrlist and not stat: it writes only the attributes that it is asked for, in a documented order, so that no version of a
// structure has to be known.
public readonly partial record struct FileStamp
{
    private const uint RegularFile = 1; // VREG

    private static FileStamp? OnMac(string path)
    {
        var wanted = new MacAttributes
        {
            Groups = 5, // ATTR_BIT_MAP_COUNT
            Common = 0x0000_0008 | 0x0000_0400 | 0x0000_0800 | 0x0200_0000, // ATTR_CMN_OBJTYPE, _MODTIME, _CHGTIME, _FILEID
            File = 0x0000_0200, // ATTR_FILE_DATALENGTH
        };
        var size = Marshal.SizeOf<MacAnswer>();
        return GetAttributes(path, in wanted, out var answer, size, 0) == 0 && answer.Size == size && answer.Kind == RegularFile
            ? new FileStamp(
                answer.Length,
                Ticks(answer.ModifiedSeconds, answer.ModifiedNanoseconds),
                Ticks(answer.ChangedSeconds, answer.ChangedNanoseconds),
                answer.Identity)
            : null;
    }

    [DllImport("libSystem", EntryPoint = "getattrlist", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetAttributes(string path, in MacAttributes wanted, out MacAnswer answer, nint size, uint options);

    [StructLayout(LayoutKind.Sequential)]
    private struct MacAttributes
    {
        public ushort Groups;
        public ushort Reserved;
        public uint Common;
        public uint Volume;
        public uint Folder;
        public uint File;
        public uint Fork;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct MacAnswer
    {
        public uint Size;
        public uint Kind;
        public long ModifiedSeconds;
        public long ModifiedNanoseconds;
        public long ChangedSeconds;
        public long ChangedNanoseconds;
        public ulong Identity;
        public long Length;
    }
}
