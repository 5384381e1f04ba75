using System.Text.Json.Serialization;
using NanoDet.Data.Files;

namespace NanoDet.Pipeline.Locking;

[JsonSerializable(typeof(ModelLock))]
internal sealed partial class LockJson : JsonSerializerContext
{
    public static LockJson Canonical { get; } = new(CanonicalJson.Records());
}
