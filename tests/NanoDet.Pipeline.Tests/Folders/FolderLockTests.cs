using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Folders;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Folders;

public sealed class FolderLockTests
{
    [Fact]
    public async Task A_second_build_waits_until_the_first_lets_go()
    {
        using var folder = new TestFolder();
        var lines = new List<string>();
        var first = FolderLock.Take(folder.FullPath, TimeSpan.Zero, TestContext.Current.CancellationToken);
        var busy = Assert.Throws<NanoDetException>(() => FolderLock.Take(folder.FullPath, TimeSpan.Zero, TestContext.Current.CancellationToken));
        Assert.Equal("NDB9050", busy.Diagnostic.Code);
        Assert.Contains($"(process {Environment.ProcessId}, since ", busy.Diagnostic.Message, StringComparison.Ordinal);
        using var hasWaited = new SemaphoreSlim(0);
        var second = Task.Run(() => FolderLock.Take(folder.FullPath, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken, line =>
        {
            lines.Add(line);
            hasWaited.Release();
        }), TestContext.Current.CancellationToken);
        Assert.True(FolderLock.IsTaken(folder.FullPath));

        // It says so while it waits, and once however often it tries.
        await hasWaited.WaitAsync(TestContext.Current.CancellationToken);
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.Contains($"(process {Environment.ProcessId}, since ", Assert.Single(lines), StringComparison.Ordinal);
        first.Dispose();
        (await second).Dispose();
        Assert.Single(lines);
        Assert.False(FolderLock.IsTaken(folder.FullPath));
        Assert.False(FolderLock.IsTaken(folder["missing"]));
        Assert.Equal([".lock"], Directory.GetFiles(folder.FullPath).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("")] // of a process that was killed while it wrote
    [InlineData("nobody\n\n\n")]
    [InlineData("1\n2026-01-01T00:00:00.0000000Z\n2026-01-01T00:00:00.0000000Z\n")] // its number belongs to another process now
    public void A_holder_that_is_not_known_is_not_named(string content)
    {
        using var folder = new TestFolder();
        using var first = FolderLock.Take(folder.FullPath, TimeSpan.Zero, TestContext.Current.CancellationToken);
        folder.Write(FolderLock.HolderName, content.Length > 8 ? content + Environment.MachineName + "\n" : content);

        var busy = Assert.Throws<NanoDetException>(() => FolderLock.Take(folder.FullPath, TimeSpan.Zero, TestContext.Current.CancellationToken));

        Assert.EndsWith("seconds", busy.Diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a file in place of the folder")]
    [InlineData("a folder in place of the lock")]
    [InlineData("a link that leads to itself")]
    public void A_broken_folder_is_no_other_build(string fault)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && fault.Contains("link", StringComparison.Ordinal), "Windows needs a privilege for links");
        using var work = new TestFolder();
        var folder = work["out"];
        switch (fault)
        {
            case "a file in place of the folder":
                work.Write("out", "");
                break;
            case "a folder in place of the lock":
                Directory.CreateDirectory(Path.Combine(folder, FolderLock.FileName));
                break;
            default:
                Directory.CreateDirectory(folder);
                File.CreateSymbolicLink(Path.Combine(folder, FolderLock.FileName), FolderLock.FileName);
                break;
        }

        var broken = Assert.Throws<NanoDetException>(() => FolderLock.Take(
            folder, TimeSpan.FromHours(2), TestContext.Current.CancellationToken, _ => Assert.Fail("it waits")));

        Assert.Equal("NDB9051", broken.Diagnostic.Code);
        Assert.False(FolderLock.IsTaken(folder));
    }
}
