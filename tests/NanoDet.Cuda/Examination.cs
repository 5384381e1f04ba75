using NanoDet.Cuda.Parts;
using NanoDet.Cuda.Reporting;
using NanoDet.Cuda.Trainings;
using NanoDet.Data.Configuration;

namespace NanoDet.Cuda;

/// <summary>All parts of a run, those first whose figures are waited for most.</summary>
internal static class Examination
{
    private const string BFloat16 = "bf16";

    /// <summary>The parts that can be chosen, in order; <c>load</c> is always done, because the others need what it tells.</summary>
    private static readonly string[] Parts = [LoadPart.Name, GoldenPart.Name, SpeedPart.Name, AccuracyPart.Name, ResumePart.Name, BFloat16];

    /// <summary>Does the chosen parts.</summary>
    /// <returns>0 if every bar was kept, 1 if not, 2 for arguments that make no sense.</returns>
    public static int Run(string[] arguments)
    {
        Options options;
        try
        {
            options = Options.Read(arguments, Parts);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            Console.Error.WriteLine(exception.Message);
            Console.Error.WriteLine(Options.Usage);
            Console.Error.WriteLine($"parts: {string.Join(", ", Parts)}");
            return 2;
        }

        Directory.CreateDirectory(options.Output);
        var report = new Report(options);
        DeviceFacts? facts = null;
        report.Add(LoadPart.Name, () => LoadPart.Find(options, loaded => facts = loaded));
        if (facts is { } device)
        {
            var work = new Workplace(options);
            var (speed, accuracy) = (new SpeedPart(work, device), new AccuracyPart(work));
            Add(GoldenPart.Name, () => GoldenPart.Find(options));
            Add(SpeedPart.Name, () => speed.Find(TrainingPrecision.Single));
            Add(AccuracyPart.Name, () => accuracy.Find(TrainingPrecision.Single));
            Add(ResumePart.Name, new ResumePart(work).Find);
            // A dry run has seen the speed measured, and a processor without bf16 takes long for every step.
            Add(BFloat16, () => (options.IsQuick ? [] : speed.Find(TrainingPrecision.BFloat16)).Concat(accuracy.Find(TrainingPrecision.BFloat16)));
        }

        Console.WriteLine($"{(report.IsGood ? "good" : "NOT GOOD")}: {report.Path}");
        return report.IsGood ? 0 : 1;

        void Add(string part, Func<IEnumerable<Finding>> find)
        {
            if (options.Only.Count == 0 || options.Only.Contains(part))
            {
                report.Add(part, find);
            }
        }
    }
}
