using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Tests.Stages;

/// <summary>The keys that the last plan in a folder gave to its stages.</summary>
internal static class WantedKey
{
    public static string Of(string folder, string stage) => StageRecord.Read(StageRecord.WantedPath(folder, stage))!.Key;
}
