using System.Text;
using NanoDet.Data.Files;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Files;

public sealed class FileNameLengthTests
{
    [Theory]
    [InlineData("a", 255)]
    [InlineData("狗", 85)]
    [InlineData("😀", 63)]
    [InlineData("é", 127)]
    public void A_file_with_the_longest_name_is_written_whole_or_not_at_all(string character, int count)
    {
        using var folder = new TestFolder();
        var path = folder[string.Concat(Enumerable.Repeat(character, count))];

        AtomicFile.Write(path, "content"u8.ToArray());

        Assert.Equal("content", File.ReadAllText(path));
        Assert.Single(Directory.EnumerateFiles(folder.FullPath));
        Assert.True(AtomicFile.IsUnfinished(AtomicFile.AsideOf(path)));
        Assert.InRange(Encoding.UTF8.GetByteCount(Path.GetFileName(AtomicFile.AsideOf(path))), 38, FileNameLength.Most);
    }

    [Theory]
    [InlineData("a", 32, "a")]
    [InlineData("0123456789012345678901234567890x", 32, "0123456789012345678901234567890x")]
    [InlineData("0123456789012345678901234567890xy", 32, "012345678901234~")]
    [InlineData("01234567890123狗狗狗狗狗狗狗狗狗狗", 32, "01234567890123~")]
    public void A_long_name_is_cut_between_characters_and_stays_one_of_a_kind(string name, int most, string expected)
    {
        var cut = FileNameLength.Cut(name, most);

        Assert.StartsWith(expected, cut, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(cut), 1, most);
        Assert.Equal(cut, FileNameLength.Cut(name, most));
        Assert.Equal(name.Length == cut.Length && name == cut, Encoding.UTF8.GetByteCount(name) <= most);
        Assert.NotEqual(cut, FileNameLength.Cut(name + "x", most));
        Assert.DoesNotContain('\uFFFD', cut);
    }
}
