using CsCheck;
using NanoDet.Training.Assigners;

namespace NanoDet.Training.Tests.Assigners;

public class DynamicSoftLabelAssignerTests
{
    private static readonly Prior[] Priors = [.. Prior.Levels(64, 64, [8, 16], 0).SelectMany(level => level)];

    private static readonly Gen<Box> Boxes =
        from left in Gen.Float[0, 48]
        from top in Gen.Float[0, 48]
        from width in Gen.Float[4, 40]
        from height in Gen.Float[4, 40]
        select new Box(left, top, left + width, top + height);

    [Fact]
    public void A_prediction_that_fits_is_assigned_with_its_overlap()
    {
        Box box = new(8, 8, 40, 40);
        var predicted = new Box[Priors.Length];
        var fitting = Array.IndexOf(Priors, new Prior(16, 24, 8));
        predicted[fitting] = box with { Right = 38 };

        var assigned = DynamicSoftLabelAssigner.Assign(new float[2 * Priors.Length], predicted, Priors, [box], [1]);

        Assert.Equal([new AssignedPrior(fitting, 0, predicted[fitting].IoU(box))], assigned);
    }

    [Fact]
    public void Of_two_equal_boxes_the_likelier_class_costs_less()
    {
        Box box = new(8, 8, 40, 40);
        var predicted = Enumerable.Repeat(box, Priors.Length).ToArray();
        var logits = new float[2 * Priors.Length];
        var likely = Array.IndexOf(Priors, new Prior(16, 24, 8));
        logits[(2 * likely) + 1] = 5;
        Box elsewhere = new(50, 50, 60, 60);

        var assigned = DynamicSoftLabelAssigner.Assign(logits, predicted, Priors, [box, elsewhere], [1, 0]);

        Assert.Contains(assigned, prior => prior.Prior == likely && prior.Object == 0);
    }

    [Fact]
    public void Nothing_is_assigned_without_objects_or_where_no_prior_lies_inside()
    {
        var logits = new float[Priors.Length];
        var predicted = new Box[Priors.Length];

        Assert.Empty(DynamicSoftLabelAssigner.Assign(logits, predicted, Priors, [], []));
        Assert.Empty(DynamicSoftLabelAssigner.Assign(logits, predicted, Priors, [new(1, 1, 7, 7)], [0]));
    }

    [Fact]
    public void Predictions_that_are_no_numbers_do_not_end_the_process()
    {
        var logits = Enumerable.Repeat(float.NaN, Priors.Length).ToArray();
        var predicted = Enumerable.Repeat(new Box(float.NaN, 0, float.NaN, 9), Priors.Length).ToArray();

        var assigned = DynamicSoftLabelAssigner.Assign(logits, predicted, Priors, [new(8, 8, 40, 40)], [0]);

        Assert.InRange(assigned.Count, 1, Priors.Length);
    }

    [Fact]
    public void Each_prior_is_assigned_once_to_an_object_and_lies_inside_one()
        => Gen.Select(Boxes.Array[1, 6], Boxes.Array[Priors.Length], Gen.Float[-6, 6].Array[3 * Priors.Length]).Sample(
            (objects, predicted, logits) =>
            {
                var labels = objects.Select((_, i) => i % 3).ToArray();
                var assigned = DynamicSoftLabelAssigner.Assign(logits, predicted, Priors, objects, labels);

                Assert.Equal(assigned.Select(prior => prior.Prior).Distinct().Order(), assigned.Select(prior => prior.Prior));
                Assert.All(assigned, prior => Assert.Contains(objects, box => box.Depth(Priors[prior.Prior].X, Priors[prior.Prior].Y) > 0));
                Assert.All(assigned, prior => Assert.Equal(predicted[prior.Prior].IoU(objects[prior.Object]), prior.IoU));
            },
            iter: 200);
}
