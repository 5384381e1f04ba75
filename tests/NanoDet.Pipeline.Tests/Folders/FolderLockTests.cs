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
        var first = FolderLock.Take(folder.FullPath, TimeSpan.Zero, TestContext.Current.CancellationToken);
        var busy = Assert.Throws<DiagnosticException>(() => FolderLock.Take(folder.FullPath, TimeSpan.Zero, TestContext.Current.CancellationToken));
        Assert.Equal("NDB9050", busy.Diagnostic.Code);
        var second = Task.Run(() => FolderLock.Take(folder.FullPath, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        Assert.True(FolderLock.IsTaken(folder.FullPath));
        first.Dispose();
        (await second).Dispose();
        Assert.False(FolderLock.IsTaken(folder.FullPath));
        Assert.False(FolderLock.IsTaken(folder["missing"]));
    }
}
