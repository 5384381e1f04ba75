using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using NanoDet.Data.Augmentation;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Labels.Voc;
using NanoDet.Vision.Augmentation.Offline;

namespace NanoDet.Benchmarks;

/// <summary>
/// The recipe <c>imgaug-classic</c>, five copies of every picture of a VOC folder, from files to files, beside a Python script
/// that takes the same steps with OpenCV.
/// </summary>
internal static class AugmentBenchmark
{
    private const int Rounds = 3;

    public static int Run(string vocFolder)
    {
        var sources = Read(vocFolder);
        var output = Directory.CreateTempSubdirectory("nanodet-benchmark-");
        try
        {
            var measurement = new Measurement("copies", sources.Length * AugmentationRecipe.ImgaugClassic.Copies, Rounds);
            if (OpenCv(vocFolder, NewFolder()) is not null)
            {
                measurement.Add("python3 OpenCV, one thread", () => OpenCv(vocFolder, NewFolder())!.Value);
            }

            measurement.Add("NanoDet, one core", () => Augment(sources, NewFolder(), 1));
            measurement.Add("NanoDet, all cores", () => Augment(sources, NewFolder(), Environment.ProcessorCount));
            measurement.Print();
            using var process = Process.GetCurrentProcess();
            Console.WriteLine(FormattableString.Invariant($"largest resident memory {process.PeakWorkingSet64 / 1e6:F0} MB"));
            return 0;
        }
        finally
        {
            output.Delete(recursive: true);
        }

        // Nothing is overwritten or deleted in between: some file systems take long to make files where many were just deleted.
        string NewFolder() => Directory.CreateDirectory(Path.Combine(output.FullName, Guid.NewGuid().ToString("N"))).FullName;
    }

    private static SourcePicture[] Read(string vocFolder)
        => [.. Directory.GetFiles(Path.Combine(vocFolder, "Annotations"), "*.xml").Order(StringComparer.Ordinal).Select(path =>
        {
            var labels = VocReader.Read(path);
            var file = Path.Combine(vocFolder, "JPEGImages", Path.GetFileNameWithoutExtension(path) + ".jpg");
            return new SourcePicture(Path.GetFileName(file), file, ContentHash.OfFile(file).ToString(), labels.Width!.Value, labels.Height!.Value, labels);
        })];

    private static void Augment(SourcePicture[] sources, string folder, int threads)
        => OfflineAugmentation.Run(sources, folder, new(AugmentationRecipe.ImgaugClassic, Seed: 1) { Threads = threads });

    // The time of the loop alone, without the start of Python.
    private static TimeSpan? OpenCv(string vocFolder, string output)
    {
        var start = new ProcessStartInfo("/usr/bin/python3") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(
            """
            import glob, sys, time, random, os
            import cv2, numpy as np
            cv2.setNumThreads(1)
            files = sorted(glob.glob(sys.argv[1] + '/JPEGImages/*.jpg'))
            start = time.perf_counter()
            for file in files:
                picture = cv2.imread(file)
                height, width = picture.shape[:2]
                for i in range(1, 6):
                    copy = picture
                    if random.random() < 0.5: copy = cv2.flip(copy, 0)
                    if random.random() < 0.5: copy = cv2.flip(copy, 1)
                    copy = cv2.LUT(copy, np.clip(np.arange(256) * random.uniform(1.2, 1.5), 0, 255).astype(np.uint8))
                    copy = cv2.GaussianBlur(copy, (0, 0), max(random.uniform(0, 3), 0.01))
                    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), random.uniform(-30, 30), random.uniform(0.8, 0.95))
                    matrix[:, 2] += 15
                    copy = cv2.warpAffine(copy, matrix, (width, height))
                    cv2.imwrite('%s/%s_%06d.jpg' % (sys.argv[2], os.path.basename(file)[:-4], i), copy)
            print(time.perf_counter() - start)
            """);
        start.ArgumentList.Add(vocFolder);
        start.ArgumentList.Add(output);
        try
        {
            using var process = Process.Start(start)!;
            var seconds = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)) : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
