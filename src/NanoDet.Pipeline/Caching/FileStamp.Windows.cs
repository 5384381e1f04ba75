using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NanoDet.Pipeline.Caching;

public readonly partial record struct FileStamp
{
    // The order of FILE_INFO_BY_HANDLE_CLASS.
    private const int BasicInformation = 0, StandardInformation = 1, IdInformation = 18;

    private static readonly long FileTimeEpoch = new DateTime(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private static FileStamp? OnWindows(string path)
    {
        // FILE_READ_ATTRIBUTES, shared with everyone, OPEN_EXISTING: the content is not opened, and nobody is kept from it.
        using var file = CreateFile(path, 0x80, FileShare.ReadWrite | FileShare.Delete, 0, FileMode.Open, 0, 0);
        if (file.IsInvalid
            || !GetBasic(file, BasicInformation, out var basic, Marshal.SizeOf<WindowsBasic>())
            || !GetStandard(file, StandardInformation, out var standard, Marshal.SizeOf<WindowsStandard>())
            || standard.IsFolder != 0)
        {
            return null;
        }

        // FAT has no identities.
        var identity = GetId(file, IdInformation, out var id, Marshal.SizeOf<WindowsId>()) ? id.Low ^ id.High : 0;
        return new FileStamp(standard.Length, FileTimeEpoch + basic.Modified, FileTimeEpoch + basic.Changed, identity);
    }

    [DllImport("kernel32", EntryPoint = "CreateFileW", CharSet = CharSet.Unicode)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern SafeFileHandle CreateFile(string path, uint access, FileShare share, nint security, FileMode mode, uint flags, nint template);

    [DllImport("kernel32", EntryPoint = "GetFileInformationByHandleEx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetBasic(SafeFileHandle file, int kind, out WindowsBasic answer, int size);

    [DllImport("kernel32", EntryPoint = "GetFileInformationByHandleEx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetStandard(SafeFileHandle file, int kind, out WindowsStandard answer, int size);

    [DllImport("kernel32", EntryPoint = "GetFileInformationByHandleEx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetId(SafeFileHandle file, int kind, out WindowsId answer, int size);

    [StructLayout(LayoutKind.Sequential)]
    private struct WindowsBasic
    {
        public long Created;
        public long Accessed;
        public long Modified;
        public long Changed;
        public uint Attributes;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct WindowsStandard
    {
        public long Allocated;
        public long Length;
        public uint Links;
        public byte IsDeleted;
        public byte IsFolder;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct WindowsId
    {
        public ulong Volume;
        public ulong Low;
        public ulong High;
    }
}
