namespace NanoDet.Core.Native;

/// <summary>What the files of native libraries are called on this system.</summary>
internal static class LibraryFile
{
    /// <summary>The name of the file of a library, such as <c>libtorch_cpu.so</c> for <c>torch_cpu</c>.</summary>
    public static string Name(string library)
        => OperatingSystem.IsWindows() ? $"{library}.dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";
}
