using NanoDet.Testing;
using NanoDet.Vision.Images;

namespace NanoDet.Vision.Tests.Images;

public sealed class DecodedPicturesTests
{
    [Fact]
    public void What_was_decoded_is_remembered_and_a_damaged_file_costs_only_time()
    {
        using var folder = new TestFolder();
        var pictures = DecodedPictures.Open(folder["decoded.cache"]);
        Assert.False(pictures.Contains("a"));
        pictures.Add("b");
        pictures.Add("a");
        pictures.Save();
        var lines = File.ReadAllLines(folder["decoded.cache"]);
        Assert.Equal(["a", "b"], lines[1..]);
        Assert.True(DecodedPictures.Open(folder["decoded.cache"]).Contains("a"));

        // Another version may decode otherwise.
        File.WriteAllLines(folder["decoded.cache"], ["decoded by 0.0.0.1", .. lines[1..]]);
        Assert.False(DecodedPictures.Open(folder["decoded.cache"]).Contains("a"));

        Assert.False(DecodedPictures.Open(folder.FullPath).Contains("a"));
        DecodedPictures.Open(folder.FullPath).Save();
        DecodedPictures.Open(null).Save();
    }
}
