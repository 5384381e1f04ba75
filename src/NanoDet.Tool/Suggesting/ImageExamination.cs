using System.Numerics.Tensors;
using NanoDet.Core.Detections;
using NanoDet.Core.Models;

namespace NanoDet.Tool.Suggesting;

/// <summary>Reads from the predictions of a network in an image how little it knows about the image, and what the image is like.</summary>
/// <param name="model">The model, with the score threshold from which a detection counts.</param>
internal sealed class ImageExamination(ModelMetadata model)
{
    // Below this, the scores are those of an empty background.
    private const float Least = 0.05f;

    private readonly BoxDecoder _decoder = model.Decoder;
    private readonly NonMaximumSuppression _suppression = new(model.IouThreshold, model.MaxDetections);

    // The power that makes a half of the threshold, where a detection is as likely as not.
    private readonly double _power = Math.Log(0.5) / Math.Log(Math.Clamp(model.ScoreThreshold, 0.01, 0.99));

    /// <summary>Examines an image.</summary>
    /// <param name="path">The image.</param>
    /// <param name="predictions">The output of the network, [rows, columns].</param>
    public ExaminedImage Examine(string path, ReadOnlySpan<float> predictions)
    {
        var candidates = _suppression.Apply(_decoder.Decode(predictions, model.InputWidth, model.InputHeight, Least));
        return new(path, candidates.Sum(candidate => Entropy(candidate.Score)), candidates.Count(candidate => candidate.Score > model.ScoreThreshold), Features(predictions));
    }

    /// <summary>In bits: 1 at the threshold, 0 for what is certain.</summary>
    private double Entropy(double score)
    {
        var probability = Math.Pow(Math.Clamp(score, 0, 1), _power);
        return probability is <= 0 or >= 1 ? 0 : -(probability * Math.Log2(probability)) - ((1 - probability) * Math.Log2(1 - probability));
    }

    /// <summary>
    /// For each stride, the largest and the mean score of each class, and the mean distribution of the distances where something is:
    /// which classes are there, how many, how large, and how sure.
    /// </summary>
    private float[] Features(ReadOnlySpan<float> predictions)
    {
        var (classes, bins) = (_decoder.NumClasses, _decoder.RegMax + 1);
        var length = (2 * classes) + bins;
        var features = new float[_decoder.Strides.Length * length];
        for (var level = 0; level < _decoder.Strides.Length; level++)
        {
            var stride = _decoder.Strides[level];
            var rows = new BoxDecoder([stride], _decoder.RegMax, classes, _decoder.CentredPriors).Rows(model.InputWidth, model.InputHeight);
            Pool(predictions[..(rows * _decoder.Columns)], features.AsSpan(level * length, length), classes, bins);
            predictions = predictions[(rows * _decoder.Columns)..];
        }

        return features;
    }

    private void Pool(ReadOnlySpan<float> level, Span<float> features, int classes, int bins)
    {
        var rows = level.Length / _decoder.Columns;
        var weights = 0f;
        Span<float> shares = new float[bins];
        for (; !level.IsEmpty; level = level[_decoder.Columns..])
        {
            var best = 0f;
            for (var label = 0; label < classes; label++)
            {
                best = Math.Max(best, level[label]);
                features[label] = Math.Max(features[label], level[label]);
                features[classes + label] += level[label] / rows;
            }

            weights += best;
            for (var side = 0; side < 4; side++)
            {
                TensorPrimitives.SoftMax(level.Slice(classes + (side * bins), bins), shares);
                for (var bin = 0; bin < bins; bin++)
                {
                    features[(2 * classes) + bin] += best * shares[bin] / 4;
                }
            }
        }

        for (var bin = 0; bin < bins && weights > 0; bin++)
        {
            features[(2 * classes) + bin] /= weights;
        }
    }
}
