using NanoDet.Data.Datasets;
using NanoDet.Pipeline.Planning;

namespace NanoDet.Build.Tasks;

/// <summary>Target <c>NanoDetConvert</c>: writes the parts of the data set as COCO JSON.</summary>
public sealed class ConvertDataset : StageTask
{
    private protected override string Stage => "convert";

    private protected override IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Make(Dataset dataset) => DatasetOutputs.Coco(dataset);
}
