using NanoDet.Vision.Randomness;

namespace NanoDet.Vision.Tests.Randomness;

public sealed class KeyedRandomTests
{
    /// <summary>Fixed for ever: a change here would change every augmented picture and every training order. The numbers come from a
    /// second implementation in another language.</summary>
    [Fact]
    public void The_numbers_of_a_key_never_change()
    {
        var random = new KeyedRandom("test", 42, "abc", 7);
        Assert.Equal([1934535636503845378UL, 10823821797443461030UL, 9349727100527817653UL], [random.NextUInt64(), random.NextUInt64(), random.NextUInt64()]);
    }

    [Theory]
    [InlineData("other", 42, "abc", 7)]
    [InlineData("test", 43, "abc", 7)]
    [InlineData("test", 42, "abd", 7)]
    [InlineData("test", 42, "abc", 8)]
    public void Every_part_of_the_key_matters(string purpose, long seed, string contentHash, long index)
        => Assert.NotEqual(new KeyedRandom("test", 42, "abc", 7).NextUInt64(), new KeyedRandom(purpose, seed, contentHash, index).NextUInt64());

    [Fact]
    public void Numbers_are_evenly_spread()
    {
        var random = new KeyedRandom("test", 1, "", 0);
        var counts = new int[10];
        var whole = new int[7];
        for (var i = 0; i < 70_000; i++)
        {
            counts[(int)(random.NextDouble() * 10)]++;
            whole[random.NextInt32(7)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 6_700, 7_300));
        Assert.All(whole, count => Assert.InRange(count, 9_600, 10_400));
    }

    [Fact]
    public void Shuffling_keeps_every_item()
    {
        var items = Enumerable.Range(0, 1000).ToArray();
        new KeyedRandom("test", 1, "", 0).Shuffle<int>(items);
        Assert.NotEqual(Enumerable.Range(0, 1000), items);
        Assert.Equal(Enumerable.Range(0, 1000), items.Order());
    }
}
