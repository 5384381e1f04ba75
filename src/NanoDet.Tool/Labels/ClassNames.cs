namespace NanoDet.Tool.Labels;

/// <summary>Decides whether names from different files mean the same class.</summary>
internal static class ClassNames
{
    /// <summary>Case is ignored, and an underscore equals a space: NanoDet writes <c>traffic_light</c> where COCO has <c>traffic light</c>.</summary>
    public static bool Same(string left, string right)
        => string.Equals(left.Replace('_', ' '), right.Replace('_', ' '), StringComparison.OrdinalIgnoreCase);
}
