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

    private static void Old(string path) => File.SetLastWriteTimeUtc(path, LongAgo);
}
