using NanoDet.Training.Assigners;

namespace NanoDet.Training.Tests.Assigners;

public class AtssAssignerTests
{
    private static readonly Prior[][] Levels = Prior.Levels(320, 320, [8, 16, 32], 0.5f);

    [Fact]
    public void A_small_object_is_assigned_on_the_finest_map_and_a_large_one_on_the_coarsest()
    {
        var assigned = AtssAssigner.Assign(Levels, 5, [new(100, 100, 136, 136), new(60, 60, 220, 220)]);

        Assert.All(assigned.Where(prior => prior.Object == 0), prior => Assert.InRange(prior.Prior, 0, 1599));
        Assert.All(assigned.Where(prior => prior.Object == 1), prior => Assert.InRange(prior.Prior, 2000, 2099));
        Assert.Equal([0, 1], assigned.Select(prior => prior.Object).Distinct().Order());
    }

    [Fact]
    public void A_prior_that_two_objects_want_goes_to_the_one_its_cell_overlaps_more()
    {
        Box smaller = new(100, 100, 136, 136), larger = new(98, 98, 142, 142);

        var assigned = AtssAssigner.Assign(Levels, 5, [smaller, larger]);

        var alone = AtssAssigner.Assign(Levels, 5, [smaller]);
        Assert.Equal(assigned.Select(prior => prior.Prior).Distinct().Order(), assigned.Select(prior => prior.Prior));
        Assert.All(alone, prior => Assert.True(assigned.Single(other => other.Prior == prior.Prior).IoU >= prior.IoU));
    }

    [Fact]
    public void Nothing_is_assigned_without_objects() => Assert.Empty(AtssAssigner.Assign(Levels, 5, []));

    [Fact]
    public void The_middle_of_an_assigned_cell_lies_inside_the_object()
    {
        Prior[] all = [.. Levels.SelectMany(level => level)];
        Box box = new(10, 200, 90, 215);

        var assigned = AtssAssigner.Assign(Levels, 5, [box]);

        Assert.NotEmpty(assigned);
        Assert.All(assigned, prior => Assert.True(box.Depth(all[prior.Prior].X, all[prior.Prior].Y) > 0.01f));
    }
}
