using NanoDet.Core.Diagnostics;

namespace NanoDet.Build.Items;

/// <summary>A property or item that a project sets and that is called as if it were one of ours.</summary>
/// <param name="Text">Its name.</param>
/// <param name="IsItem">Whether it is an item.</param>
/// <param name="Location">Where it stands.</param>
internal sealed record ProjectName(string Text, bool IsItem, SourceLocation Location)
{
    /// <summary>What the names of all of ours begin with.</summary>
    public const string Prefix = "NanoDet";
}
