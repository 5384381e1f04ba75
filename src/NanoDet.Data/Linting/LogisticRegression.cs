namespace NanoDet.Data.Linting;

/// <summary>
/// The probability of an answer, as a logistic function of a weighted sum of numbers, with weights fitted to known answers by Newton's
/// method (iteratively reweighted least squares). A small penalty on the squares of the weights keeps them finite where the numbers separate the
/// answers, or where there are few.
/// </summary>
internal sealed class LogisticRegression
{
    private const double Penalty = 1;
    private const int MostSteps = 50;
    private const double Converged = 1e-9;

    // Beyond it, a probability differs from 0 or 1 by less than a double can say.
    private const double LargestSum = 35;

    private readonly double[] _weights;

    private LogisticRegression(double[] weights) => _weights = weights;

    /// <summary>Fits the weights.</summary>
    /// <param name="inputs">The numbers of each case, all of one length; the first of each is 1, and its weight has no penalty.</param>
    /// <param name="answers">The answers.</param>
    public static LogisticRegression Fit(IReadOnlyList<double[]> inputs, IReadOnlyList<bool> answers)
    {
        var weights = new double[inputs[0].Length];
        var fitted = new LogisticRegression(weights);
        for (var step = 0; step < MostSteps; step++)
        {
            var change = fitted.NewtonStep(inputs, answers);
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] += change[i];
            }

            if (Array.TrueForAll(change, one => Math.Abs(one) < Converged))
            {
                break;
            }
        }

        return fitted;
    }

    /// <summary>The probability of the answer true, 0 to 1.</summary>
    public double Of(ReadOnlySpan<double> input)
    {
        var sum = 0.0;
        for (var i = 0; i < input.Length; i++)
        {
            sum += _weights[i] * input[i];
        }

        return 1 / (1 + Math.Exp(-Math.Clamp(sum, -LargestSum, LargestSum)));
    }

    private double[] NewtonStep(IReadOnlyList<double[]> inputs, IReadOnlyList<bool> answers)
    {
        var count = _weights.Length;
        var gradient = new double[count];
        var curvature = new double[count, count];
        for (var i = 0; i < count; i++)
        {
            var penalty = i == 0 ? 0 : Penalty;
            gradient[i] = -penalty * _weights[i];

            // Where all cases have one answer, the first weight would grow for ever.
            curvature[i, i] = i == 0 ? 1e-6 : penalty;
        }

        for (var row = 0; row < inputs.Count; row++)
        {
            var input = inputs[row];
            var probability = Of(input);
            var error = (answers[row] ? 1 : 0) - probability;
            var slope = probability * (1 - probability);
            for (var i = 0; i < count; i++)
            {
                gradient[i] += error * input[i];
                for (var j = 0; j <= i; j++)
                {
                    curvature[i, j] += slope * input[i] * input[j];
                }
            }
        }

        return Solve(curvature, gradient);
    }

    /// <summary>Solves a symmetric, positive definite system by Cholesky's decomposition; only the lower triangle is used.</summary>
    private static double[] Solve(double[,] matrix, double[] right)
    {
        var count = right.Length;
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++)
                {
                    sum -= matrix[i, k] * matrix[j, k];
                }

                matrix[i, j] = i == j ? Math.Sqrt(sum) : sum / matrix[j, j];
            }
        }

        for (var i = 0; i < count; i++)
        {
            for (var k = 0; k < i; k++)
            {
                right[i] -= matrix[i, k] * right[k];
            }

            right[i] /= matrix[i, i];
        }

        for (var i = count - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < count; k++)
            {
                right[i] -= matrix[k, i] * right[k];
            }

            right[i] /= matrix[i, i];
        }

        return right;
    }
}
