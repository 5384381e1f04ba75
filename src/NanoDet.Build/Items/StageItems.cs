using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Items;

/// <summary>
/// The stages of a plan as items, each with its key. They tell the later tasks of this build what its plan decided, because another
/// build may plan in the same folder in the meantime.
/// </summary>
internal static class StageItems
{
    private const string Key = "Key";

    /// <summary>The items of a plan's stages.</summary>
    public static ITaskItem[] Of(IEnumerable<StageDecision> stages)
        => [.. stages.Select(stage => new TaskItem(stage.Name, new Dictionary<string, string> { [Key] = stage.Key }))];

    /// <summary>The key of a stage.</summary>
    /// <param name="stages">The stages of the plan.</param>
    /// <param name="stage">One of them.</param>
    public static string KeyOf(IEnumerable<ITaskItem> stages, string stage) => stages.Single(item => item.ItemSpec == stage).GetMetadata(Key);
}
