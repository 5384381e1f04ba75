namespace NanoDet.SmallBoards.Boards;

/// <summary>The folder that the board sees as its root: Debian for arm64, with a kernel and ffmpeg.</summary>
internal static class DebianRoot
{
    private const string Suite = "bookworm";

    /// <summary>Makes the root if it is not there.</summary>
    /// <param name="folder">Its folder.</param>
    /// <remarks>
    /// The packages are unpacked and not configured, because their scripts would have to run on the board. Nothing that runs
    /// here needs that, but the links to libblas and liblapack, which ffmpeg loads: see <see cref="LibraryFolders"/>.
    /// </remarks>
    public static void Make(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        var part = folder + ".part";
        if (Directory.Exists(part))
        {
            Directory.Delete(part, recursive: true);
        }

        HostProgram.Run(".", "debootstrap", "--foreign", "--arch=arm64", "--variant=minbase", "--include=busybox-static,ffmpeg,linux-image-arm64,time", Suite, part);
        var archives = Path.Combine(part, "var", "cache", "apt", "archives");
        foreach (var package in Directory.EnumerateFiles(archives, "*.deb"))
        {
            HostProgram.Run(".", "dpkg-deb", "--extract", package, part);
        }

        Directory.Delete(archives, recursive: true);
        HostProgram.Run(".", "depmod", "-b", part, KernelVersion(part));
        Directory.Move(part, folder);
    }

    /// <summary>Where the loader finds what a configured system would have links to, for <c>LD_LIBRARY_PATH</c>.</summary>
    public const string LibraryFolders = "/usr/lib/aarch64-linux-gnu/blas:/usr/lib/aarch64-linux-gnu/lapack";

    /// <summary>The kernel's version, such as <c>6.1.0-50-arm64</c>.</summary>
    public static string KernelVersion(string root) => Path.GetFileName(Directory.GetDirectories(Path.Combine(root, "lib", "modules")).Single());
}
