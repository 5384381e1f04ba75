using NanoDet.Data.Datasets;
using NanoDet.Pipeline.Planning;

namespace NanoDet.Build.Tasks;

/// <summary>Target <c>NanoDetSplit</c>: writes which image is in which part.</summary>
public sealed class SplitDataset : StageTask
{
    private protected override string Stage => "split";

    private protected override IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Make(Dataset dataset) => DatasetOutputs.Split(dataset);
}
