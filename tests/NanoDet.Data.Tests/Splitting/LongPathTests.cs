using NanoDet.Data.Discovery;
using NanoDet.Data.Splitting;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Splitting;

/// <summary>A path without an end in a file from outside costs no more than it is long.</summary>
public sealed class LongPathTests
{
    private static readonly string Long = string.Concat(Enumerable.Repeat("../a/", 200_000));

    [Fact]
    public void A_description_does_not_try_all_ends_of_such_a_path()
        => Cheaply(() => Assert.Null(new DatasetDescription("data.yaml", null, []).Resolve(Long, _ => false)));

    [Fact]
    public void A_list_has_no_image_of_such_a_name()
        => Cheaply(() => Assert.Empty(new ListedName(["a.png"]).Find(Long, "train.txt")));

    private static void Cheaply(Action work) => Assert.InRange(Allocations.Of(work), 0, 64 << 20);
}
