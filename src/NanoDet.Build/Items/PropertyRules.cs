using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Images;
using NanoDet.Data.Validation;
using NanoDet.Pipeline.Incremental;

namespace NanoDet.Build.Items;

/// <summary>What each property with a form of its own may be. Paths, names of recipes and what stands over the configuration are judged where they are read.</summary>
internal static class PropertyRules
{
    private static readonly Dictionary<string, Action<ProjectProperties, string, string>> Rules = new(StringComparer.Ordinal)
    {
        ["NanoDetEnabled"] = Switch,
        ["NanoDetEnableDefaultItems"] = Switch,
        ["NanoDetStoreReadOnly"] = Switch,
        ["NanoDetLockedMode"] = Switch,
        ["NanoDetModelInfo"] = Switch,
        ["NanoDetPackPreview"] = Switch,
        ["NanoDetReportCurves"] = Switch,
        ["NanoDetLockFile"] = Optional(Switch),
        ["NanoDetTrain"] = (properties, name, text) => properties.Choice<TrainChoice>(name, text),
        ["NanoDetLockTimeout"] = Whole(0, int.MaxValue),
        ["NanoDetStoreMaxSize"] = Optional((properties, name, text) => properties.Size(name, text)),
        ["NanoDetRemoteStore"] = Optional((properties, name, text) => properties.Address(name, text)),
        ["NanoDetRemoteStoreTimeout"] = Whole(1, 3600),
        ["NanoDetDifficult"] = Optional((properties, name, text) => properties.Choice<DifficultPolicy>(name, text)),
        ["NanoDetOrientation"] = (properties, name, text) => properties.Choice<OrientationPolicy>(name, text),
        ["NanoDetOtherClasses"] = (properties, name, text) => properties.Choice<OtherClassPolicy>(name, text),
        ["NanoDetOutside"] = (properties, name, text) => properties.Choice<OutsidePolicy>(name, text),
        ["NanoDetUnlabeled"] = (properties, name, text) => properties.Choice<UnlabeledPolicy>(name, text),
        ["NanoDetRareClassMinimum"] = Whole(0, int.MaxValue),
        ["NanoDetValidationSplit"] = (properties, name, text) => properties.Share(name, text),
        ["NanoDetTestSplit"] = (properties, name, text) => properties.Share(name, text),
        ["NanoDetSeed"] = Whole(long.MinValue, long.MaxValue),
        ["NanoDetAugmentationCopies"] = Optional(Whole(0, 1000)),
        ["NanoDetThreads"] = Whole(1, 256),
        ["NanoDetDevice"] = (properties, name, text) => properties.Device(name, text),
        ["NanoDetCudaPackageVersion"] = Optional((properties, name, text) => properties.PackageVersion(name, text)),
        ["NanoDetInstructions"] = Optional((properties, name, text) => properties.OneOf(name, text, "Avx2", "Avx512")),
        ["NanoDetTrainingPrecision"] = (properties, name, text) => properties.Choice<TrainingPrecision>(name, text),
        ["NanoDetTf32"] = Switch,
        ["NanoDetExportBatch"] = (properties, name, text) => properties.Choice<ExportBatch>(name, text),
        ["NanoDetExportDetections"] = Switch,
        ["NanoDetPrecision"] = (properties, name, text) => properties.Choice<ExportPrecision>(name, text),
        ["NanoDetIncremental"] = (properties, name, text) => properties.Choice<IncrementalPolicy>(name, text),
        ["NanoDetIncrementalMaximumChange"] = Figure,
        ["NanoDetIncrementalGenerations"] = Whole(0, int.MaxValue),
        ["NanoDetIncrementalTolerance"] = Figure,
        ["NanoDetVerifyTolerance"] = Figure,
        ["NanoDetScoreThreshold"] = Optional(Figure),
        ["NanoDetMinimumMap"] = Optional(Figure),
        ["NanoDetMinimumMap50"] = Optional(Figure),
        ["NanoDetMaximumRegression"] = Optional(Figure),
        ["NanoDetLint"] = Switch,
        ["NanoDetLintConfidence"] = (properties, name, text) => properties.Confidences(name, text),
        ["NanoDetModelName"] = (properties, name, text) => properties.FileName(name, text),
    };

    /// <summary>Checks a value.</summary>
    /// <exception cref="NanoDetException">NDB3050.</exception>
    public static void Check(ProjectProperties properties, string name, string text) => Rules[name](properties, name, text);

    private static void Switch(ProjectProperties properties, string name, string text) => properties.Switch(name, text);

    private static void Figure(ProjectProperties properties, string name, string text) => properties.Figure(name, text);

    private static Action<ProjectProperties, string, string> Whole(long least, long most)
        => (properties, name, text) => properties.WholeNumber(name, text, least, most);

    private static Action<ProjectProperties, string, string> Optional(Action<ProjectProperties, string, string> rule)
        => (properties, name, text) =>
        {
            if (text.Length > 0)
            {
                rule(properties, name, text);
            }
        };
}
