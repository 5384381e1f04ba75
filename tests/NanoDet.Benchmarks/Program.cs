using NanoDet.Benchmarks;
using NanoDet.Data.Configuration;

return args switch
{
    ["augment", var vocFolder] => AugmentBenchmark.Run(vocFolder),
    ["labels"] => LabelsBenchmark.Run(),
    ["train-step"] => TrainStepBenchmark.Run(),
    ["optimizer", var batch] => OptimizerBenchmark.Run(batch),
    ["arithmetic"] => ArithmeticBenchmark.Run("nanodet-plus-m_320"),
    ["arithmetic", var preset] => ArithmeticBenchmark.Run(preset),
    ["arithmetic", var preset, "recall"] => ArithmeticBenchmark.RunRecall(preset),
    ["arithmetic", var preset, var choice] => ArithmeticBenchmark.RunChoice(preset, choice),
    ["convolution"] => ConvolutionBenchmark.Run(),
    ["precision"] => PrecisionBenchmark.Run("nanodet-plus-m_320", Enum.GetValues<TrainingPrecision>()),
    ["precision", var preset] => PrecisionBenchmark.Run(preset, Enum.GetValues<TrainingPrecision>()),
    ["precision", var preset, var precision] => PrecisionBenchmark.Run(preset, Enum.Parse<TrainingPrecision>(precision)),
    ["train-allocations"] => TrainAllocationsBenchmark.Run(),
    ["train-memory", var preset, var batch] => TrainMemoryBenchmark.Run(preset, batch, isTuned: true),
    ["train-memory", var preset, var batch, "untuned"] => TrainMemoryBenchmark.Run(preset, batch, isTuned: false),
    ["plan", .. var sizes] => PlanBenchmark.Run(sizes),
    ["pairing", .. var folders] => PairingBenchmark.Run(folders),
    ["detect"] => DetectBenchmark.Run(),
    ["detect-folder"] => await DetectFolderBenchmark.RunAsync(),
    ["bccd", .. var options] => BccdBenchmark.Run(options),
    ["int8"] => await Int8Benchmark.RunAsync(),
    ["suggest", var first, var last] => await SuggestBenchmark.RunAsync(first, last),
    ["suggest-shares", var seed] => await SuggestBenchmark.RunSharesAsync(seed),
    ["coco-tiny"] => CocoTinyBenchmark.Run(),
    ["lint-training", var set, var side, var epochs, var folder] => LintBenchmark.RunWhole(set, side, epochs, folder),
    ["lint", var set, var side, var epochs, var folder, var seed] => await LintBenchmark.RunAsync(set, side, epochs, folder, seed),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "usage: dotnet run -c Release --project tests/NanoDet.Benchmarks -- labels | train-step | arithmetic [PRESET] | precision [PRESET [PRECISION]] | convolution | plan [IMAGES] | pairing [FOLDERS] | detect | detect-folder | augment VOC-FOLDER");
    Console.Error.WriteLine("       | bccd [EPOCHS [FOLDER [PRECISION [SEED]]]] | coco-tiny | lint bccd|microcontrollers|sample SIDE EPOCHS FOLDER SEED | lint-training bccd|microcontrollers|sample SIDE EPOCHS FOLDER | int8 | suggest FIRST-SEED LAST-SEED | suggest-shares SEED | optimizer BATCH | train-memory PRESET|FILE BATCH [untuned] | train-allocations");
    return 1;
}
