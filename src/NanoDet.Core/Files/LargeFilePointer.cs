namespace NanoDet.Core.Files;

/// <summary>What Git leaves in the place of a large file whose content was not fetched (Git LFS).</summary>
internal static class LargeFilePointer
{
    /// <summary>What to say of such a file.</summary>
    public const string Told = "it is a pointer of Git LFS, whose content was not fetched; run 'git lfs pull'";

    // A pointer has about 130 bytes.
    private const int Longest = 1024;

    /// <summary>Whether the content of a file is a pointer.</summary>
    /// <param name="content">The content, or its first bytes.</param>
    public static bool Is(ReadOnlySpan<byte> content) => content.Length < Longest && content.StartsWith("version https://git-lfs"u8);
}
