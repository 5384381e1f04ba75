namespace NanoDet.Tool.Labels;

/// <summary>When names from different files mean one class.</summary>
internal static class ClassNames
{
    /// <summary>Case does not count, and an underscore is a space: NanoDet writes <c>traffic_light</c> where COCO has <c>traffic light</c>.</summary>
    public static bool Same(string left, string right)
        => string.Equals(left.Replace('_', ' '), right.Replace('_', ' '), StringComparison.OrdinalIgnoreCase);
}
