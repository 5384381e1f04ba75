using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace NanoDet.Worker.Export;

/// <summary>The scores and distances that a model computes for pictures, at all places.</summary>
internal sealed class ModelFindings
{
    private const int Sides = 4;

    private readonly List<float[]> _scores = [];
    private readonly List<float[]> _distances = [];

    private ModelFindings()
    {
    }

    /// <summary>Runs a model.</summary>
    /// <param name="model">The file's bytes.</param>
    /// <param name="inputs">The pictures.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ModelFindings Of(byte[] model, CalibrationInputs inputs, CancellationToken cancellation)
    {
        using var settings = inputs.Settings();
        using var session = new InferenceSession(model, settings);
        using var run = new RunOptions();
        var (classes, columns) = (inputs.Metadata.Classes.Length, inputs.Metadata.Decoder.Columns);
        var found = new ModelFindings();
        foreach (var input in inputs.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            using var outputs = session.Run(run, session.InputNames, [input], session.OutputNames);
            var output = outputs[0].GetTensorDataAsSpan<float>();
            var rows = output.Length / columns;
            var (scores, distances) = (new float[rows * classes], new float[rows * Sides]);
            for (var row = 0; row < rows; row++)
            {
                var numbers = output.Slice(row * columns, columns);
                numbers[..classes].CopyTo(scores.AsSpan(row * classes));
                Expect(numbers[classes..], distances.AsSpan(row * Sides, Sides));
            }

            found._scores.Add(scores);
            found._distances.Add(distances);
        }

        return found;
    }

    /// <summary>
    /// What another model changes: the squared differences of scores as a share of the squared scores, and those of distances, where
    /// something is found, in steps of the grid.
    /// </summary>
    public double Change(ModelFindings other) => Math.Pow(ScoreChange(other), 2) + DistanceChange(other);

    /// <summary>The root mean square of the differences of scores, as a share of that of these scores.</summary>
    public double ScoreChange(ModelFindings other) => Math.Sqrt(
        _scores.Zip(other._scores, (a, b) => Math.Pow(TensorPrimitives.Distance<float>(a, b), 2)).Sum()
        / Math.Max(_scores.Sum(scores => (double)TensorPrimitives.SumOfSquares<float>(scores)), double.Epsilon));

    private double DistanceChange(ModelFindings other)
    {
        var (sum, weights) = (0d, double.Epsilon);
        foreach (var ((scores, mine), theirs) in _scores.Zip(_distances).Zip(other._distances))
        {
            var classes = scores.Length / (mine.Length / Sides);
            for (var row = 0; row < mine.Length / Sides; row++)
            {
                var weight = Math.Pow(TensorPrimitives.Max<float>(scores.AsSpan(row * classes, classes)), 2);
                sum += weight * Math.Pow(TensorPrimitives.Distance<float>(mine.AsSpan(row * Sides, Sides), theirs.AsSpan(row * Sides, Sides)), 2) / Sides;
                weights += weight;
            }
        }

        return sum / weights;
    }

    private static void Expect(ReadOnlySpan<float> logits, Span<float> distances)
    {
        var bins = logits.Length / Sides;
        Span<float> shares = stackalloc float[bins];
        for (var side = 0; side < Sides; side++)
        {
            TensorPrimitives.SoftMax(logits.Slice(side * bins, bins), shares);
            distances[side] = 0;
            for (var bin = 0; bin < bins; bin++)
            {
                distances[side] += bin * shares[bin];
            }
        }
    }
}
