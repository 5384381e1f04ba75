using System.Collections.Immutable;
using Microsoft.Build.Framework;
using NanoDet.Data.Augmentation;

namespace NanoDet.Build.Items;

/// <summary>Reads the project's <c>NanoDetAugmentation</c> items: the step, with its settings as metadata.</summary>
internal static class AugmentationItems
{
    /// <summary>The steps in the order of the items.</summary>
    public static ImmutableArray<AugmentationItem> Read(IEnumerable<ITaskItem> items) =>
    [
        .. items.Select(item => new AugmentationItem(
            item.ItemSpec.Trim(),
            item.CloneCustomMetadata().Keys.Cast<string>().ToImmutableSortedDictionary(name => name, item.GetMetadata, StringComparer.OrdinalIgnoreCase))),
    ];
}
