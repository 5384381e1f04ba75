namespace NanoDet.SmallBoards.Boards;

/// <summary>What the kernel unpacks into memory and starts: it loads the drivers, mounts the root folder of this machine, and runs a script there.</summary>
internal static class BootArchive
{
    // Debian's kernel has these as modules: the bus of an emulated board, and the file system that shares a folder with it.
    private static readonly string[] Drivers = ["virtio_pci", "9pnet_virtio", "9p"];

    /// <summary>Writes the archive.</summary>
    /// <param name="root">The board's root folder.</param>
    /// <param name="script">Path, on the board, of the script to run.</param>
    /// <param name="folder">A folder for the archive and what it is made from.</param>
    /// <returns>Path of the archive.</returns>
    public static string Write(string root, string script, string folder)
    {
        var content = Path.Combine(folder, "boot");
        foreach (var name in (string[])["bin", "dev", "modules", "proc", "root", "sys"])
        {
            Directory.CreateDirectory(Path.Combine(content, name));
        }

        File.Copy(Path.Combine(root, "bin", "busybox"), Path.Combine(content, "bin", "busybox"), overwrite: true);
        var modules = Modules(root);
        foreach (var module in modules)
        {
            File.Copy(module, Path.Combine(content, "modules", Path.GetFileName(module)), overwrite: true);
        }

        File.WriteAllText(Path.Combine(content, "init"), $"""
            #!/bin/busybox sh
            /bin/busybox --install -s /bin
            mount -t proc none /proc
            mount -t sysfs none /sys
            mount -t devtmpfs none /dev
            for module in {string.Join(' ', modules.Select(Path.GetFileName))}; do insmod /modules/$module; done
            mount -t 9p -o trans=virtio,version=9p2000.L,cache=loose,msize=524288 root /root
            for folder in proc sys dev; do mount --bind /$folder /root/$folder; done
            mount -t tmpfs none /root/tmp
            chroot /root /bin/sh {script}
            sync
            poweroff -f

            """);
        HostProgram.Run(content, "sh", "-c", "chmod 500 init && find . | cpio --quiet -o -H newc > ../boot.cpio");
        return Path.Combine(folder, "boot.cpio");
    }

    /// <summary>The drivers after what they need, as depmod found it.</summary>
    private static List<string> Modules(string root)
    {
        var folder = Path.Combine(root, "lib", "modules", DebianRoot.KernelVersion(root));
        var needs = File.ReadLines(Path.Combine(folder, "modules.dep")).Select(line => line.Split(':')).ToDictionary(parts => parts[0], parts => parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return [.. Drivers.Select(driver => needs.Keys.Single(module => Path.GetFileNameWithoutExtension(module) == driver))
            .SelectMany(module => needs[module].Reverse().Append(module)).Distinct().Select(module => Path.Combine(folder, module))];
    }
}
