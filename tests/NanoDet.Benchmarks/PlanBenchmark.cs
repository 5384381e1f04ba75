using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using NanoDet.Testing;

namespace NanoDet.Benchmarks;

/// <summary>
/// What the plan adds to <c>dotnet build --no-restore</c> of a project of our SDK: pairs of builds, with and without
/// NanoDetEnabled, in turns; medians of the differences, and the most memory that the build's process took.
/// </summary>
internal static class PlanBenchmark
{
    private const int ObjectsInAnImage = 5;
    private static readonly string TaskAssembly = Path.Combine(Repository.Root, "artifacts", "obj", "NanoDet.Build", "release", "tasks", RuntimeInformation.RuntimeIdentifier, "NanoDet.Build.dll");

    /// <param name="sizes">Numbers of images; 5,000 and 100,000 where none is given.</param>
    public static int Run(string[] sizes)
    {
        // What the package carries.
        Build(Path.Combine(Repository.Root, "src", "NanoDet.Build"), "build", "-c", "Release", "-t:Restore;Build;NanoDetCompileTasks");
        foreach (var images in sizes.Length > 0 ? sizes.Select(size => int.Parse(size, CultureInfo.InvariantCulture)) : [5_000, 100_000])
        {
            Measure(images, pairs: images > 50_000 ? 2 : 7);
        }

        return 0;
    }

    private static void Measure(int images, int pairs)
    {
        var folder = Directory.CreateTempSubdirectory("nanodet-benchmark-").FullName;
        try
        {
            Generate(folder, images);
            Build(folder, "build", "-p:NanoDetEnabled=true");
            Thread.Sleep(TimeSpan.FromSeconds(3)); // Younger files are read again by rule.
            Build(folder, "build", "--no-restore");
            var unchanged = Pairs(folder, pairs, _ => { });
            var oneChanged = Pairs(folder, pairs, round => WriteLabels(folder, 7, round + 1));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{images,7} images, nothing changed: +{unchanged.Seconds:0.00} s, {unchanged.Megabytes} MB"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{images,7} images, one label file changed: +{oneChanged.Seconds:0.00} s, {oneChanged.Megabytes} MB"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (double Seconds, long Megabytes) Pairs(string folder, int pairs, Action<int> change)
    {
        var differences = new List<double>();
        var most = 0L;
        for (var round = 0; round < pairs; round++)
        {
            var without = Build(folder, "build", "--no-restore", "-p:NanoDetEnabled=false");
            change(round);
            var with = Build(folder, "build", "--no-restore");
            differences.Add(with.Seconds - without.Seconds);
            most = Math.Max(most, with.Bytes);
        }

        differences.Sort();
        return (differences[differences.Count / 2], most >> 20);
    }

    private static (double Seconds, long Bytes) Build(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [.. arguments, "-nologo", "-v", "q", "-nodeReuse:false"]) { WorkingDirectory = folder, RedirectStandardOutput = true };
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var most = 0L;
        while (!process.WaitForExit(20))
        {
            try
            {
                process.Refresh();
                most = Math.Max(most, process.WorkingSet64);
            }
            catch (InvalidOperationException)
            {
                break; // It ended between the two lines.
            }
        }

        process.WaitForExit();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return process.ExitCode == 0 ? (seconds, most) : throw new InvalidOperationException(output.GetAwaiter().GetResult());
    }

    private static void Generate(string folder, int images)
    {
        Directory.CreateDirectory(Path.Combine(folder, "images"));
        Directory.CreateDirectory(Path.Combine(folder, "annotations"));
        File.WriteAllText(Path.Combine(folder, "Model.proj"), $"""
            <Project>
              <Import Project="{Repository.Root}/build/Sdk/Sdk.props" />
              <PropertyGroup><NanoDetTrain>never</NanoDetTrain><NanoDetTaskAssembly>{TaskAssembly}</NanoDetTaskAssembly></PropertyGroup>
              <Import Project="{Repository.Root}/build/Sdk/Sdk.targets" />
            </Project>
            """);
        Parallel.For(0, images, i =>
        {
            File.WriteAllBytes(Path.Combine(folder, "images", Name(i, "png")), TinyPng.Bytes(i));
            WriteLabels(folder, i, left: 0);
        });
    }

    private static void WriteLabels(string folder, int image, int left)
    {
        // Boxes of their own places: equal ones would be told, each one.
        string[] files = [.. Enumerable.Range(0, ObjectsInAnImage).Select(number => TinyVoc.Xml(Name(image, "png"), image % 2 == 0 ? "bolt" : "nut", left + number))];
        var (start, end) = (files[0].IndexOf("  <object>", StringComparison.Ordinal), files[0].IndexOf("</annotation>", StringComparison.Ordinal));
        var objects = string.Concat(files.Select(xml => xml[start..xml.IndexOf("</annotation>", StringComparison.Ordinal)]));
        File.WriteAllText(Path.Combine(folder, "annotations", Name(image, "xml")), files[0][..start] + objects + files[0][end..]);
    }

    private static string Name(int image, string extension) => string.Create(CultureInfo.InvariantCulture, $"img{image:000000}.{extension}");
}
