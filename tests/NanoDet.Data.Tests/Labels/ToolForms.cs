using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Labels;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Labels;

/// <summary>Reads the JSON of a tool as build and tool do: by what is in it.</summary>
internal static class ToolForms
{
    /// <summary>What a file holds.</summary>
    public static LabelFileContent Read(string json)
    {
        using var folder = new TestFolder();
        folder.Write("a.json", json);
        return LabelFileReader.Read(folder["a.json"], "a.json");
    }

    /// <summary>The objects of all images: image, class and box.</summary>
    public static IEnumerable<string> Objects(LabelFileContent content)
        => content.Images.SelectMany(image => image.Objects, (image, labeled) => $"{image.FileName} {labeled.ClassName} {Show(labeled.Box)}");

    /// <summary>What is told of all images.</summary>
    public static IEnumerable<string> Problems(LabelFileContent content) => content.Images.SelectMany(image => image.Problems).Select(problem => problem.ToString());

    /// <summary>The error of a file.</summary>
    public static string Error(string json) => Assert.Throws<NanoDetException>(() => Read(json)).Diagnostic.ToString();

    /// <summary>The bytes of a sample.</summary>
    public static byte[] Sample(string tool, params string[] names) => Encoding.UTF8.GetBytes(ToolLabels.Of(tool, "bolt", names)!);

    private static string Show(BoundingBox box) => FormattableString.Invariant($"{box.Left:0.##},{box.Top:0.##},{box.Right:0.##},{box.Bottom:0.##}");
}
