using NanoDet.Training.Proof;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Proof;

/// <summary>Where a planted fault strikes.</summary>
public enum FaultPlace
{
    OneOutputChannel,
    LastBlock,
    BorderRow,
    OneBatchItem,
}

/// <summary>The fault of a processor, planted into the results of convolutions: a few numbers are too large, by five percent where nothing else is said.</summary>
internal sealed record PlantedFault(OperationResult Result, FaultPlace Place, double Factor = 1.05)
{
    /// <summary>Damages what an operation gave, where it is meant.</summary>
    public void Strike(Operation operation, OperationResult result, Tensor actual)
    {
        if (operation is not ConvolutionOperation convolution || result != Result)
        {
            return;
        }

        // [B, C, H, W], or of weights [out, in / groups, k, k], which have no pictures.
        var isWeight = result == OperationResult.WeightGradient;
        var channels = isWeight ? 0 : 1;
        switch (Place)
        {
            case FaultPlace.OneOutputChannel:
                actual.narrow(channels, actual.shape[channels] - 1, 1).mul_(Factor);
                break;
            case FaultPlace.LastBlock:
                var block = Math.Min(16, actual.shape[channels]);
                actual.narrow(channels, actual.shape[channels] - block, block).mul_(Factor);
                break;
            case FaultPlace.BorderRow:
                actual.narrow(2, actual.shape[2] - 1, 1).mul_(Factor);
                break;
            case FaultPlace.OneBatchItem when isWeight:
                actual.mul_(1 - (1.0 / convolution.Batch)); // what is left where a picture's share is lost
                break;
            case FaultPlace.OneBatchItem:
                actual.narrow(0, actual.shape[0] - 1, 1).mul_(Factor);
                break;
        }
    }
}
