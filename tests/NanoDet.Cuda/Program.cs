using NanoDet.Cuda;
using NanoDet.Cuda.Parts;
using NanoDet.Cuda.Processes;

// What needs libtorch is done in processes of their own: one that crashes ends nothing else, and each has its own memory.
return args switch
{
    [InnerVerb.Load, var device, var findings] => LoadedLibraries.Run(device, findings),
    [InnerVerb.Golden, var device, var findings, .. var models] => GoldenFigures.Run(device, findings, models),
    [InnerVerb.Train, var request, var figures, .. var takenOver] => OneTraining.Run(request, figures, takenOver),
    _ => Examination.Run(args),
};
