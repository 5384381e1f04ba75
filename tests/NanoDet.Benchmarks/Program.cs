using NanoDet.Benchmarks;

return args switch
{
    ["augment", var vocFolder] => AugmentBenchmark.Run(vocFolder),
    ["labels"] => LabelsBenchmark.Run(),
    ["train-step"] => TrainStepBenchmark.Run(),
    ["plan"] => PlanBenchmark.Run(),
    ["detect"] => DetectBenchmark.Run(),
    ["detect-folder"] => await DetectFolderBenchmark.RunAsync(),
    ["bccd", .. var options] => BccdBenchmark.Run(options),
    ["coco-tiny"] => CocoTinyBenchmark.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "usage: dotnet run -c Release --project tests/NanoDet.Benchmarks -- labels | train-step | plan | detect | detect-folder | augment VOC-FOLDER");
    Console.Error.WriteLine("       | bccd [EPOCHS [FOLDER]] | coco-tiny");
    return 1;
}
