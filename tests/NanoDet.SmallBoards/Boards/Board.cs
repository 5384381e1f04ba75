using System.Globalization;

namespace NanoDet.SmallBoards.Boards;

/// <summary>A board that QEMU emulates as a whole: processor, memory, and a kernel of its own.</summary>
/// <param name="Processor">A processor that QEMU knows: <c>cortex-a53</c> of Raspberry Pi 3 and Zero 2 W, <c>cortex-a72</c> of Raspberry Pi 4, <c>cortex-a76</c> of Raspberry Pi 5.</param>
/// <param name="Megabytes">Its memory.</param>
/// <param name="Cores">Its number of cores.</param>
internal sealed record Board(string Processor, int Megabytes, int Cores)
{
    // Many times what it takes: what hangs is found, and a slow machine is none that hangs.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(3);

    /// <summary>Boots the board, which runs a script and switches itself off.</summary>
    /// <param name="root">Its root folder.</param>
    /// <param name="script">Path of the script on the board.</param>
    /// <param name="folder">A folder for files of the boot.</param>
    /// <param name="say">Takes each line that the script prints.</param>
    public void Run(string root, string script, string folder, Action<string> say)
    {
        var kernel = Directory.GetFiles(Path.Combine(root, "boot"), "vmlinuz-*").Single();
        using var machine = HostProgram.Start(
            folder, "qemu-system-aarch64",
            "-machine", "virt", "-cpu", Processor, "-smp", Cores.ToString(CultureInfo.InvariantCulture), "-m", Megabytes.ToString(CultureInfo.InvariantCulture),
            "-accel", "tcg,thread=multi", "-nographic", "-nic", "none", "-no-reboot",
            "-kernel", kernel, "-initrd", BootArchive.Write(root, script, folder), "-append", "console=ttyAMA0 quiet panic=-1",
            "-fsdev", $"local,id=root,path={root},security_model=none", "-device", "virtio-9p-pci,fsdev=root,mount_tag=root");
        machine.OutputDataReceived += (_, line) => Say(line.Data);
        machine.ErrorDataReceived += (_, line) => Say(line.Data);
        machine.BeginOutputReadLine();
        machine.BeginErrorReadLine();
        if (!machine.WaitForExit(Longest))
        {
            machine.Kill();
            throw new TimeoutException($"the board did not switch itself off within {Longest.TotalHours} hours");
        }

        machine.WaitForExit();
        if (machine.ExitCode != 0)
        {
            throw new InvalidOperationException($"qemu-system-aarch64 ended with {machine.ExitCode}");
        }

        void Say(string? line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                say(line.Trim());
            }
        }
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Processor}, {Cores} cores, {Megabytes} MB");
}
