using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using NanoDet.Data.Datasets;
using NanoDet.Data.Images;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Coco;
using NanoDet.Data.Labels.Voc;
using NanoDet.Data.Validation;

namespace NanoDet.Benchmarks;

/// <summary>
/// 5,000 Pascal VOC files of labelImg's form with a dozen boxes each: reading, judging and converting them to COCO, beside
/// the mere parsing of them by others. Image headers are given, not read.
/// </summary>
internal static class LabelsBenchmark
{
    private const int Files = 5_000;
    private const int Rounds = 7;
    private static readonly ImageHeader Header = new(ImageFormat.Jpeg, 640, 480, 1);

    public static int Run()
    {
        var folder = Directory.CreateTempSubdirectory("nanodet-benchmark-");
        try
        {
            var paths = Enumerable.Range(0, Files).Select(index => Generate(folder.FullName, index)).ToArray();
            var measurement = new Measurement("files", Files, Rounds);
            if (ElementTree(folder.FullName) is not null)
            {
                measurement.Add("python3 ElementTree, parse", () => ElementTree(folder.FullName)!.Value);
            }

            measurement.Add("XDocument, parse", () => Array.ForEach(paths, path => XDocument.Load(path)));
            measurement.Add("XmlReader, parse", () => Array.ForEach(paths, Walk));
            measurement.Add("VocReader, read", () => Array.ForEach(paths, path => VocReader.Read(path)));
            measurement.Add("VocReader, read, judge, convert to COCO, one core", () => Convert(paths, 1));
            measurement.Add("VocReader, read, judge, convert to COCO, all cores", () => Convert(paths, Environment.ProcessorCount));
            measurement.Print();
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Convert(string[] paths, int threads)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        var labels = new LabeledImage[paths.Length];
        Parallel.For(0, paths.Length, options, i => labels[i] = VocReader.Read(paths[i]));
        var classes = ClassList.FromLabels(labels);
        var judge = new ImageJudge(classes, new());
        var images = new DatasetImage?[paths.Length];
        Parallel.For(0, paths.Length, options, i => images[i] = judge.Judge(new(labels[i].FileName, paths[i], "", Header, labels[i]), []));
        var dataset = new Dataset(classes.Names, [.. images.OfType<DatasetImage>()]);
        if (CocoWriter.ToUtf8(dataset, DatasetPart.Train).Length < Files * 100)
        {
            throw new InvalidOperationException("the labels got lost");
        }
    }

    private static void Walk(string path)
    {
        using var reader = XmlReader.Create(path);
        while (reader.Read())
        {
        }
    }

    // The time of the loop alone, without the start of Python.
    private static TimeSpan? ElementTree(string folder)
    {
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(
            """
            import glob, sys, time
            import xml.etree.ElementTree as E
            files = sorted(glob.glob(sys.argv[1] + '/*.xml'))
            start = time.perf_counter()
            for file in files:
                E.parse(file)
            print(time.perf_counter() - start)
            """);
        start.ArgumentList.Add(folder);
        try
        {
            using var process = Process.Start(start)!;
            var seconds = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture));
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static string Generate(string folder, int index)
    {
        var random = new Random(index);
        var xml = new StringBuilder().Append(
            CultureInfo.InvariantCulture,
            $"""
            <annotation>
            	<folder>JPEGImages</folder>
            	<filename>{index:D5}.jpg</filename>
            	<path>/home/somebody/pictures/JPEGImages/{index:D5}.jpg</path>
            	<source>
            		<database>Unknown</database>
            	</source>
            	<size>
            		<width>640</width>
            		<height>480</height>
            		<depth>3</depth>
            	</size>
            	<segmented>0</segmented>

            """);
        for (var i = 0; i < 12; i++)
        {
            var (x, y) = (random.Next(1, 500), random.Next(1, 400));
            xml.Append(
                CultureInfo.InvariantCulture,
                $"""
                	<object>
                		<name>class{random.Next(5)}</name>
                		<pose>Unspecified</pose>
                		<truncated>0</truncated>
                		<difficult>0</difficult>
                		<bndbox>
                			<xmin>{x}</xmin>
                			<ymin>{y}</ymin>
                			<xmax>{x + random.Next(5, 130)}</xmax>
                			<ymax>{y + random.Next(5, 70)}</ymax>
                		</bndbox>
                	</object>

                """);
        }

        var path = Path.Combine(folder, $"{index:D5}.xml");
        File.WriteAllText(path, xml.Append("</annotation>\n").ToString());
        return path;
    }
}
