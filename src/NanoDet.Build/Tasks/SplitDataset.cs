using NanoDet.Data.Datasets;
using NanoDet.Pipeline.Planning;

namespace NanoDet.Build.Tasks;

/// <summary>Target <c>NanoDetSplit</c>: writes a list of the images of each part.</summary>
public sealed class SplitDataset : StageTask
{
    private protected override string Stage => "split";

    private protected override IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Make(Dataset dataset) => DatasetOutputs.Split(dataset);
}
