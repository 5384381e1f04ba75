using System.Text.Json.Serialization;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Incremental;

namespace NanoDet.Pipeline.Planning;

[JsonSerializable(typeof(PlanDocument))]
[JsonSerializable(typeof(RequestDocument))]
[JsonSerializable(typeof(PlannedSplit))]
[JsonSerializable(typeof(PlannedTraining))]
[JsonSerializable(typeof(TrainingDecision))]
internal sealed partial class PlanJson : JsonSerializerContext
{
    public static PlanJson Canonical { get; } = new(CanonicalJson.Records());
}
