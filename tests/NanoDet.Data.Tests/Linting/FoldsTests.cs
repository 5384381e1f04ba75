using NanoDet.Data.Datasets;
using NanoDet.Data.Linting;

namespace NanoDet.Data.Tests.Linting;

public sealed class FoldsTests
{
    [Fact]
    public void Each_training_image_is_learnt_by_the_model_of_the_other_fold_and_no_other_image_is()
    {
        var images = Enumerable.Range(0, 60).Select(i => new DatasetImage(
            $"{i:00}.png", $"{i * 4294967:x8}{new string('0', 56)}", 10, 10, i % 5 == 0 ? DatasetPart.Validation : DatasetPart.Train, [])).ToList();
        var dataset = new Dataset(["bolt"], [.. images]);

        for (var fold = 0; fold < Folds.Count; fold++)
        {
            Assert.Equal(
                images.Where(image => image.Part == DatasetPart.Train && Folds.Of(image) != fold).Select(image => image.Path),
                Folds.TrainingOf(dataset, fold).Images.Select(image => image.Path));
            Assert.NotEmpty(Folds.TrainingOf(dataset, fold).Images);
        }
    }

    [Fact]
    public void Copies_of_an_image_are_in_one_fold()
    {
        var image = new DatasetImage("a.png", new string('7', 64), 10, 10, DatasetPart.Train, []);

        Assert.Equal(Folds.Of(image), Folds.Of(image with { Path = "copy.png" }));
    }
}
