using System.Text.Json.Serialization;
using NanoDet.Data.Files;

namespace NanoDet.Pipeline.Sarif;

[JsonSerializable(typeof(SarifLog))]
internal sealed partial class SarifJson : JsonSerializerContext
{
    public static SarifJson Canonical { get; } = new(new(CanonicalJson.Records()) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull });
}
