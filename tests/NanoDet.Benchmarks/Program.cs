using NanoDet.Benchmarks;

return args switch
{
    ["augment", var vocFolder] => AugmentBenchmark.Run(vocFolder),
    ["labels"] => LabelsBenchmark.Run(),
    ["train-step"] => TrainStepBenchmark.Run(),
    ["train-memory", var preset, var batch] => TrainMemoryBenchmark.Run(preset, batch, isTuned: true),
    ["train-memory", var preset, var batch, "untuned"] => TrainMemoryBenchmark.Run(preset, batch, isTuned: false),
    ["plan", .. var sizes] => PlanBenchmark.Run(sizes),
    ["detect"] => DetectBenchmark.Run(),
    ["detect-folder"] => await DetectFolderBenchmark.RunAsync(),
    ["bccd", .. var options] => BccdBenchmark.Run(options),
    ["coco-tiny"] => CocoTinyBenchmark.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "usage: dotnet run -c Release --project tests/NanoDet.Benchmarks -- labels | train-step | plan [IMAGES] | detect | detect-folder | augment VOC-FOLDER");
    Console.Error.WriteLine("       | bccd [EPOCHS [FOLDER]] | coco-tiny | train-memory PRESET BATCH [untuned]");
    return 1;
}
