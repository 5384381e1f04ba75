using System.Globalization;

namespace NanoDet.Data.Evaluation;

/// <summary>Formats the figures of a model as lines of text, beside those of an earlier model.</summary>
public static class ResultTable
{
    private const int LongestName = 24;

    /// <summary>Returns the lines: a heading, all classes together, then each class.</summary>
    /// <param name="now">The figures.</param>
    /// <param name="before">The earlier ones; null for none.</param>
    public static IEnumerable<string> Lines(PartResult now, PartResult? before)
    {
        var earlier = before?.Classes.DistinctBy(entry => entry.Name).ToDictionary(entry => entry.Name, StringComparer.Ordinal) ?? [];
        yield return $"  {"",-LongestName}  {"mAP",6}  {"mAP50",6}{(before is null ? "" : $"  {"before",6}  {"",6}")}";
        yield return Line("all", now.Map, now.Map50, before?.Map, before?.Map50, before is not null);
        foreach (var entry in now.Classes)
        {
            var old = earlier.GetValueOrDefault(entry.Name);
            yield return Line(entry.Name, entry.Map, entry.Map50, old?.Map, old?.Map50, before is not null);
        }
    }

    /// <summary>The figures of a model in a few words.</summary>
    /// <param name="now">The figures; null for a model without.</param>
    /// <param name="threshold">The score threshold of the model.</param>
    public static string Summary(PartResult? now, double threshold) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(now?.Map50 is null ? "" : $"mAP {Text(now.Map)}, mAP50 {Text(now.Map50)}, ")}score threshold {threshold}");

    /// <summary>Says with which threshold the model detects.</summary>
    /// <param name="now">The figures.</param>
    /// <param name="threshold">The score threshold of the model.</param>
    public static string Threshold(PartResult now, double threshold) => string.Create(
        CultureInfo.InvariantCulture,
        $"  score threshold {threshold}{(now.BestThreshold is not { } best ? "" : threshold == best ? $", the best on these images: mean F1 {now.BestF1:F3}" : $"; the best on these images is {best}: mean F1 {now.BestF1:F3}")}");

    /// <summary>Says what 8 bits change.</summary>
    /// <param name="now">The figures with 8 bits.</param>
    /// <param name="single">The figures of the same network with 32 bits.</param>
    public static string Quantization(PartResult now, PartResult single) => string.Create(
        CultureInfo.InvariantCulture,
        $"  with 32 bits: mAP {Text(single.Map)}, mAP50 {Text(single.Map50)}; 8 bits change mAP by {now.Map - single.Map:+0.000;-0.000;0.000} and mAP50 by {now.Map50 - single.Map50:+0.000;-0.000;0.000}");

    /// <summary>The figures of the test part in one line.</summary>
    public static string Test(PartResult test)
        => $"  test part, {(test.Images == 1 ? "1 image" : $"{test.Images} images")}: mAP {Text(test.Map)}, mAP50 {Text(test.Map50)}";

    private static string Line(string name, double? map, double? map50, double? oldMap, double? oldMap50, bool compared)
    {
        var shown = name.Length <= LongestName ? name : string.Concat(name.AsSpan(0, LongestName - 1), "…");
        return $"  {shown,-LongestName}  {Text(map),6}  {Text(map50),6}{(compared ? $"  {Text(oldMap),6}  {Text(oldMap50),6}" : "")}".TrimEnd();
    }

    private static string Text(double? figure) => figure?.ToString("F3", CultureInfo.InvariantCulture) ?? "-";
}
