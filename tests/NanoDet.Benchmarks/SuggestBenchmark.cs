using System.Globalization;
using NanoDet.Data.Datasets;
using NanoDet.Training.Native;

namespace NanoDet.Benchmarks;

/// <summary>What the order of <c>nanodet suggest</c> is worth.</summary>
internal static class SuggestBenchmark
{
    private const int First = 20;
    private const int More = 20;
    private const int OtherTraining = 100;

    // Shares of the labels, in per cent: each time the model of the last share chooses what is added.
    private static readonly int[] Shares = [20, 40, 60];

    /// <summary>
    /// At equal numbers of labels: a model is trained on a few random images, and then on these and as many more, which the model has
    /// chosen in one training and chance in the other.
    /// </summary>
    /// <param name="first">The first seed; each is another beginning.</param>
    /// <param name="last">The last seed. Several processes may share the seeds.</param>
    public static async Task<int> RunAsync(string first, string last)
    {
        var experiment = Begin();
        var ahead = 0;
        for (var seed = Number(first); seed <= Number(last); seed++)
        {
            var pool = experiment.Pool(seed);
            var (labelled, left) = (pool[..First], pool[First..]);
            var (model, before) = await experiment.TrainAsync(seed, labelled);
            var chosen = await MapAsync(seed, [.. labelled, .. experiment.Suggest(model, left, More)]);
            var chance = await MapAsync(seed, [.. labelled, .. left.Take(More)]);
            ahead += chosen > chance ? 1 : 0;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"seed {seed}: mAP {before:F4} with {First} images; with {First + More}: {chosen:F4} as suggested, {chance:F4} at random, {chosen - chance:+0.0000;-0.0000}"));
        }

        Console.WriteLine($"ahead of chance in {ahead} of {Number(last) - Number(first) + 1}");
        return 0;

        // The mean of two trainings, which may differ by 0.01 though their images are the same.
        async Task<double> MapAsync(int seed, DatasetImage[] images)
            => ((await experiment.TrainAsync(seed, images)).Map + (await experiment.TrainAsync(seed + OtherTraining, images)).Map) / 2;
    }

    /// <summary>
    /// How much of the mAP of all labels a part of the labels reaches, chosen share by share by the models themselves.
    /// </summary>
    /// <param name="seed">The beginning.</param>
    public static async Task<int> RunSharesAsync(string seed)
    {
        var experiment = Begin();
        var pool = experiment.Pool(Number(seed));
        var (_, all) = await TrainAsync(pool);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: mAP {all:F4} with all {pool.Length} images"));
        DatasetImage[] labelled = [];
        byte[]? model = null;
        foreach (var share in Shares)
        {
            var count = (pool.Length * share / 100) - labelled.Length;
            labelled = [.. labelled, .. model is null ? pool[..count] : experiment.Suggest(model, [.. pool.Except(labelled)], count)];
            (model, var map) = await TrainAsync(labelled);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"seed {seed}: mAP {map:F4}, {map / all:P1} of it, with {labelled.Length} images, {(double)labelled.Length / pool.Length:P0}"));
        }

        return 0;

        Task<(byte[] Model, double Map)> TrainAsync(DatasetImage[] images) => experiment.TrainAsync(Number(seed), images);
    }

    private static SuggestExperiment Begin()
    {
        AllocatorTuning.Apply();
        ThreadWaiting.Apply();
        return new();
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
