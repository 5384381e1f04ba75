using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Diagnostics;

namespace NanoDet.Pipeline.Locking;

/// <summary>
/// A <see cref="ModelLock"/> as JSON: sorted, one setting or image per line, so that a correction changes one line and two
/// branches merge line by line.
/// </summary>
public static class LockFile
{
    private const long LargestFile = 256 << 20;

    /// <summary>The bytes of the file.</summary>
    public static byte[] ToJson(ModelLock content) => CanonicalJson.Write(content, LockJson.Canonical.ModelLock);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its full path.</param>
    /// <exception cref="NanoDetException">NDB3061: the file does not exist or is not a lock file (for example after a merge conflict).</exception>
    public static ModelLock Read(string path)
        => CanonicalJson.Read(path, LockJson.Canonical.ModelLock, LargestFile, read => read.IsWhole, LockDiagnostics.Unreadable);
}
