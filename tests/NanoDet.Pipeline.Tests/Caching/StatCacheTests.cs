using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Caching;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Caching;

public sealed class StatCacheTests
{
    private static readonly DateTime LongAgo = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void An_unchanged_file_is_not_read_again()
    {
        using var folder = new TestFolder();
        Old(folder.Write("a.txt", "one"));
        Hash(folder, "a.txt", out var read);
        Assert.Equal(1, read);
        Assert.Equal(ContentHash.Of("one"u8), Hash(folder, "a.txt", out read));
        Assert.Equal(0, read);
    }

    [Fact]
    public void A_change_within_the_same_tick_and_length_is_seen()
    {
        using var folder = new TestFolder();
        var path = folder.Write("a.txt", "one");
        var time = File.GetLastWriteTimeUtc(path);
        Hash(folder, "a.txt", out _);
        File.WriteAllText(path, "two");
        File.SetLastWriteTimeUtc(path, time);
        Assert.Equal(ContentHash.Of("two"u8), Hash(folder, "a.txt", out _));
    }

    [Fact]
    public void A_file_replaced_by_one_of_the_same_length_and_time_is_seen()
    {
        using var folder = new TestFolder();
        Old(folder.Write("a.txt", "one"));
        Old(folder.Write("b.txt", "two"));
        Hash(folder, "a.txt", out _);
        File.Move(folder["b.txt"], folder["a.txt"], overwrite: true);
        Assert.Equal(ContentHash.Of("two"u8), Hash(folder, "a.txt", out _));
    }

    [Fact]
    public void A_file_overwritten_in_its_place_with_the_same_length_and_time_is_seen()
    {
        using var folder = new TestFolder();
        var path = folder.Write("a.txt", "one");
        Old(path);
        Hash(folder, "a.txt", out _);
        File.WriteAllText(path, "two");
        Old(path);
        Assert.Equal(ContentHash.Of("two"u8), Hash(folder, "a.txt", out _));
    }

    [Fact]
    public void A_stamp_is_that_of_the_target_of_a_link_and_a_folder_has_none()
    {
        using var folder = new TestFolder();
        var path = folder.Write("sub/a.txt", "one");
        Old(path);
        File.CreateSymbolicLink(folder["link.txt"], path);
        var stamp = FileStamp.Of(path);
        Assert.Equal((3, LongAgo.Ticks), (stamp?.Length, stamp?.ModifiedTicks));
        Assert.Equal(stamp, FileStamp.Of(folder["link.txt"]));
        Assert.Null(FileStamp.Of(folder["sub"]));
        Assert.Null(FileStamp.Of(folder["none.txt"]));
        Old(path);
        var later = FileStamp.Of(path);
        Assert.Equal(stamp, later!.Value with { ChangedTicks = stamp!.Value.ChangedTicks });
        Assert.True(later.Value.ChangedTicks > stamp.Value.ChangedTicks);
    }

    [Fact]
    public void The_cache_moves_with_the_folder()
    {
        using var folder = new TestFolder();
        Old(folder.Write("here/sub/a.txt", "one"));
        var cache = StatCache.Open(folder["here"], folder["here/obj/stat.cache"]);
        cache.Hash("sub/a.txt");
        cache.Save();
        Directory.Move(folder["here"], folder["there"]);
        var moved = StatCache.Open(folder["there"], folder["there/obj/stat.cache"]);
        Assert.Equal(ContentHash.Of("one"u8), moved.Hash("sub/a.txt"));
        Assert.Equal(0, moved.FilesRead);
    }

    [Fact]
    public void A_cache_damaged_in_any_byte_counts_as_empty()
    {
        using var folder = new TestFolder();
        Old(folder.Write("a.txt", "one"));
        Hash(folder, "a.txt", out _);
        var whole = File.ReadAllBytes(folder["stat.cache"]);
        for (var i = 0; i < whole.Length; i++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[i] ^= 0x40;
            File.WriteAllBytes(folder["stat.cache"], i % 2 == 0 ? damaged : whole[..i]);
            Assert.Equal(ContentHash.Of("one"u8), Hash(folder, "a.txt", out var read, save: false));
            Assert.Equal(1, read);
        }
    }

    [Fact]
    public void A_file_that_is_gone_has_no_hash_and_is_forgotten()
    {
        using var folder = new TestFolder();
        Old(folder.Write("a.txt", "one"));
        Hash(folder, "a.txt", out _);
        File.Delete(folder["a.txt"]);
        Assert.Null(Hash(folder, "a.txt", out _));
        Assert.DoesNotContain("a.txt", System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(folder["stat.cache"])), StringComparison.Ordinal);
    }

    private static ContentHash? Hash(TestFolder folder, string path, out int filesRead, bool save = true)
    {
        var cache = StatCache.Open(folder.FullPath, folder["stat.cache"]);
        var hash = cache.Hash(path);
        if (save)
        {
            cache.Save();
        }

        filesRead = cache.FilesRead;
        return hash;
    }

    /// <summary>Gives a file an old time, and waits until the clock of the file system is past the change.</summary>
    private static void Old(string path)
    {
        File.SetLastWriteTimeUtc(path, LongAgo);
        Thread.Sleep(50);
    }
}
