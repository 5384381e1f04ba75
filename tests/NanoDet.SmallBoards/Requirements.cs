using System.Runtime.InteropServices;
using NanoDet.Testing;

namespace NanoDet.SmallBoards;

/// <summary>What this machine must have before anything can be emulated on it.</summary>
internal static class Requirements
{
    /// <summary>Why nothing can be run here; null if everything is there.</summary>
    public static string? Missing()
        => !OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64 ? "the comparison is with Linux x64"
            : !Environment.IsPrivilegedProcess ? "only root can install packages and make the root folder of another system"
            : !File.Exists("/usr/bin/apt-get") ? "the emulator and the board's system are Debian's packages, and there is no apt-get"
            : SharedData.Folder is null ? "the shared reference data is not there (no ../shared, NANODET_SHARED is not set)"
            : null;

    /// <summary>Installs the emulator, and what makes the board's system, if they are not there.</summary>
    public static void Install()
    {
        string[] programs = ["/usr/bin/qemu-system-aarch64", "/usr/sbin/debootstrap", "/usr/bin/cpio", "/usr/sbin/depmod", "/usr/bin/time", "/usr/bin/ffmpeg"];
        if (!programs.All(File.Exists))
        {
            HostProgram.Run(".", "apt-get", "update", "-qq");
            HostProgram.Run(".", "apt-get", "install", "-y", "-qq", "--no-install-recommends", "qemu-system-arm", "debootstrap", "debian-archive-keyring", "cpio", "kmod", "time", "ffmpeg");
        }
    }
}
