using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Data.Configuration.Sections;
using NanoDet.Data.Configuration.Yaml;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Labels;

namespace NanoDet.Data.Configuration;

/// <summary>
/// Reads NanoDet's yml files. A file is used exactly as it is or rejected: every key must be known, absent keys have the original's
/// defaults, and all mistakes are reported at once with line and column.
/// </summary>
public static class ConfigurationFile
{
    private const int MaxBytes = 4 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path, which messages repeat.</param>
    public static ConfigurationReading Read(string path)
    {
        try
        {
            return Parse(path, EncodedText.Decode(RegularFile.ReadAllBytes(path, MaxBytes), path, ConfigurationDiagnostics.NotUtf8));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Refused(ConfigurationDiagnostics.Malformed(new(path), exception.Message.TrimEnd('.')));
        }
        catch (NanoDetException exception)
        {
            return Refused(exception.Diagnostic);
        }
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="file">Path for messages.</param>
    /// <param name="text">The text.</param>
    public static ConfigurationReading Parse(string file, string text)
    {
        try
        {
            if (YamlDocument.Read(file, text) is not YamlMapping root)
            {
                return Refused(ConfigurationDiagnostics.Malformed(new(file, 1, 1), "it is not a mapping of keys"));
            }

            var problems = new ReadingProblems();
            var (configuration, blocks) = Read(new MappingReader(root, "", problems));
            return new(problems.None ? configuration : null, [.. problems.Found], problems.Places.ToImmutableDictionary()) { Blocks = blocks };
        }
        catch (NanoDetException exception)
        {
            return Refused(exception.Diagnostic);
        }
    }

    private static (NanoDetConfiguration Configuration, ImmutableArray<DataBlock> Blocks) Read(MappingReader root)
    {
        root.OptionalText("save_dir");
        var data = root.Section("data");
        var device = root.Section("device");
        var (train, block) = InputSection.Read(data.Section("train"), "data.train", DatasetPart.Train);
        var (validation, validationBlock) = InputSection.Read(data.Section("val"), "data.val", DatasetPart.Validation);
        var configuration = new NanoDetConfiguration
        {
            Model = ModelSection.Read(root.Section("model")),
            Train = train,
            Validation = validation,
            BatchSize = device.Integer("batchsize_per_gpu", KeyLimits.Batch),
            Devices = device.IntegerOrIntegers("gpu_ids", Limits.AtLeast(-1), [0]),
            Precision = device.Name(
                "precision", new Dictionary<string, int> { ["32"] = 32, ["16"] = 16 }, "32", "the property NanoDetTrainingPrecision says what training computes in"),
            Schedule = ScheduleSection.Read(root.Section("schedule")),
            GradientClip = root.Number("grad_clip", KeyLimits.Amount, 0),
            SaveKey = SaveKey(root.OptionalSection("evaluator")),
            LogInterval = LogInterval(root.OptionalSection("log")),
            ClassNames = root.ClassNames("class_names"),
        };
        device.OptionalInteger("workers_per_gpu", KeyLimits.Count);
        data.Close();
        device.Close();
        root.Close();
        return (configuration, [
            .. new[] { block, validationBlock }.Select(block => block.ClassNames.IsEmpty ? block with { ClassNames = configuration.ClassNames } : block),
        ]);
    }

    private static string SaveKey(MappingReader? section)
    {
        const string Default = "mAP";
        if (section is null)
        {
            return Default;
        }

        section.Name("name", Names.Of("CocoDetectionEvaluator"), "CocoDetectionEvaluator");
        var key = section.Name("save_key", Names.Of([.. Evaluation.CocoMetrics.SaveKeys]), Default);
        section.Close();
        return key ?? Default;
    }

    private static int LogInterval(MappingReader? section)
    {
        const int Default = 50;
        var interval = section?.Integer("interval", Limits.AtLeast(1), Default) ?? Default;
        section?.Close();
        return interval;
    }

    private static ConfigurationReading Refused(Diagnostic diagnostic)
        => new(null, [diagnostic], ImmutableDictionary<string, SourceLocation>.Empty);
}
