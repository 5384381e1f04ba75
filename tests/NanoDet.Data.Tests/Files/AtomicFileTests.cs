using NanoDet.Data.Files;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Files;

public sealed class AtomicFileTests
{
    [Fact]
    public void A_link_of_the_user_stays_one_also_where_its_file_is_not_there_yet()
    {
        using var folder = new TestFolder();
        File.CreateSymbolicLink(folder["link.txt"], Path.Combine("elsewhere", "file.txt"));
        File.CreateSymbolicLink(folder["second.txt"], "link.txt");

        AtomicFile.Write(AtomicFile.BehindLink(folder["second.txt"]), "content"u8.ToArray());

        Assert.Equal("content", File.ReadAllText(folder["elsewhere/file.txt"]));
        Assert.Equal("link.txt", new FileInfo(folder["second.txt"]).LinkTarget);
        Assert.Equal(folder["other.txt"], AtomicFile.BehindLink(folder["other.txt"]));
    }

    [Fact]
    public void A_device_is_no_link_to_a_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no files of devices");

        // Links of the system: behind these is a pipe or a terminal, which has no path.
        Assert.All(["/dev/stdout", "/dev/fd/1"], device => Assert.Equal(device, AtomicFile.BehindLink(device)));
    }
}
