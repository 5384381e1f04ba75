using NanoDet.Data.Linting;

namespace NanoDet.Data.Tests.Linting;

public sealed class LogisticRegressionTests
{
    [Fact]
    public void Shares_become_probabilities()
    {
        // Of 1000 cases each: a quarter where the number is 0, three quarters where it is 1.
        var inputs = Enumerable.Range(0, 2000).Select(i => (double[])[1, i % 2]).ToList();
        var answers = Enumerable.Range(0, 2000).Select(i => i % 2 == 0 ? i % 8 == 0 : i % 8 != 1).ToList();

        var fitted = LogisticRegression.Fit(inputs, answers);

        Assert.Equal(0.25, fitted.Of([1, 0]), 2);
        Assert.Equal(0.75, fitted.Of([1, 1]), 2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_all_answers_are_the_same_the_probability_is_still_a_number(bool answer)
    {
        var probability = LogisticRegression.Fit([[1, 2], [1, 3], [1, 5]], [answer, answer, answer]).Of([1, 3]);

        Assert.Equal(answer, probability > 0.5);
        Assert.InRange(probability, 0, 1);
    }

    [Fact]
    public void Numbers_that_separate_the_answers_do_not_grow_without_end()
        => Assert.InRange(LogisticRegression.Fit([[1, -1], [1, 1]], [false, true]).Of([1, 1]), 0.5, 0.99);
}
