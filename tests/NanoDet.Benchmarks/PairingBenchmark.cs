using System.Diagnostics;
using System.Globalization;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Labels;
using NanoDet.Data.Pairing;
using NanoDet.Pipeline.Planning;
using NanoDet.Testing;

namespace NanoDet.Benchmarks;

/// <summary>
/// Many folders with the same 1,000 names: how long labels take to find their pictures, by names alone, and how long a plan takes
/// after one label has changed, with tiny files.
/// </summary>
internal static class PairingBenchmark
{
    private const int Names = 1000;

    /// <param name="folders">Number of folders of the plan; 1,000 where none is given, and 0 for no plan.</param>
    public static int Run(string[] folders)
    {
        foreach (var count in new[] { 250, 500, 1000 })
        {
            Pair(count);
        }

        var planned = folders is [var given, ..] ? int.Parse(given, CultureInfo.InvariantCulture) : 1000;
        if (planned > 0)
        {
            Plan(planned);
        }

        return 0;
    }

    private static void Pair(int folders)
    {
        string[] images = [.. Paths(folders, "images", "png")];
        string[] labels = [.. Paths(folders, "annotations", "xml")];
        var diagnostics = new List<Diagnostic>();
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        var pairing = new LabelPairing(images, labels);
        foreach (var file in labels)
        {
            pairing.Add(new(LabelFormat.Voc, [new LabeledImage("", [])]), file, diagnostics);
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var paired = pairing.Labels.Count(found => found is not null);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{folders,5} folders of {Names} names: {seconds:0.00} s, {seconds / images.Length * 1e6:0.00} µs a picture; {paired} paired, {diagnostics.Count} problems"));
    }

    private static void Plan(int folders)
    {
        var root = Directory.CreateTempSubdirectory("nanodet-benchmark-").FullName;
        try
        {
            string[] images = [.. Paths(folders, "images", "png")];
            string[] labels = [.. Paths(folders, "annotations", "xml")];
            foreach (var folder in images.Concat(labels).Select(path => Path.GetDirectoryName(path)!).Distinct())
            {
                Directory.CreateDirectory(Path.Combine(root, folder));
            }

            Parallel.For(0, images.Length, i =>
            {
                File.WriteAllBytes(Path.Combine(root, images[i]), TinyPng.Bytes(i, 8, 8));
                File.WriteAllText(Path.Combine(root, labels[i]), Labels(i, 4));
            });
            Thread.Sleep(TimeSpan.FromSeconds(3)); // Younger files are read again by rule.
            var inputs = new PlanInputs(root, Path.Combine(root, "obj")) { Images = [.. images.Select(path => new PlanImage(path))], Annotations = [.. labels] };
            Measure(inputs, "first plan");
            Measure(inputs, "nothing changed");
            File.WriteAllText(Path.Combine(root, labels[^1]), Labels(labels.Length - 1, 5));
            Measure(inputs, "one label changed");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void Measure(PlanInputs inputs, string what)
    {
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        var plan = new Planner(inputs).Run();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"plan of {inputs.Images.Length} images, {what}: {seconds:0.0} s; {plan.Data?.Objects} objects, labels parsed: {plan.Counts.LabelsParsed}, problems: {plan.Diagnostics.Length}"));
    }

    private static IEnumerable<string> Paths(int folders, string root, string extension)
        => Enumerable.Range(0, folders).SelectMany(_ => Enumerable.Range(0, Names), (folder, name) => string.Create(CultureInfo.InvariantCulture, $"{root}/f{folder:0000}/{name:0000}.{extension}"));

    // No two files are equal, so that each is parsed and remembered.
    private static string Labels(int number, int right)
        => $"<annotation><folder>{number}</folder><size><width>8</width><height>8</height></size><object><name>bolt</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>{right}</xmax><ymax>6</ymax></bndbox></object></annotation>";
}
