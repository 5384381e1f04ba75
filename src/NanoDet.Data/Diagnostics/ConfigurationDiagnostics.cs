using System.Collections.Frozen;
using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Data.Diagnostics;

/// <summary>NDB3001 to NDB3049: configuration files, presets and the properties that override them.</summary>
public static class ConfigurationDiagnostics
{
    // Names of parts that other networks have, and that look like a known name with a typing error.
    private static readonly FrozenSet<string> OtherTerms = FrozenSet.ToFrozenSet(
        ["GN", "IN", "LN", "SyncBN", "IoULoss", "DIoULoss", "CIoULoss", "EIoULoss", "SIoULoss", "CELU", "RReLU", "CReLU", "Adan", "BiFPN", "PAFPN"], StringComparer.OrdinalIgnoreCase);

    /// <summary>NDB3001: a configuration file is missing, not well-formed, or larger or deeper than any real one.</summary>
    public static Diagnostic Malformed(SourceLocation location, string reason)
        => new("NDB3001", Error, $"The configuration cannot be read: {reason}", location);

    /// <summary>NDB3002: a key that the section does not have.</summary>
    public static Diagnostic UnknownKey(SourceLocation location, string key, string section, IReadOnlyCollection<string> known)
        => new("NDB3002", Error, $"Unknown key '{key}' in {section}; {DidYouMean(key, known)}", location);

    /// <summary>NDB3003: a value of the wrong kind, or out of range.</summary>
    public static Diagnostic WrongValue(SourceLocation? location, string key, string expected, string found)
        => new("NDB3003", Error, $"'{key}' must be {expected}, but is {found}", location);

    /// <summary>NDB3004: a key that has no default is absent.</summary>
    public static Diagnostic MissingKey(SourceLocation? location, string key)
        => new("NDB3004", Error, $"The key '{key}' is missing", location);

    /// <summary>NDB3005: a key is repeated in one section.</summary>
    public static Diagnostic DuplicateKey(SourceLocation location, string key, int firstLine)
        => new("NDB3005", Error, $"The key '{key}' is repeated; it is already given in line {firstLine}", location);

    /// <summary>NDB3006: a value is not one of the known names.</summary>
    /// <param name="location">The place of the value.</param>
    /// <param name="key">The key.</param>
    /// <param name="name">The value.</param>
    /// <param name="known">The known names.</param>
    /// <param name="remark">What else there is to say; null for nothing.</param>
    public static Diagnostic UnknownName(SourceLocation location, string key, string name, IReadOnlyCollection<string> known, string? remark = null)
        => new("NDB3006", Error, $"'{key}' cannot be '{name}'; {Choices(name, known)}{(remark is null ? "" : $"; {remark}")}", location);

    /// <summary>NDB3007: two parts of the model do not fit together.</summary>
    public static Diagnostic ModelPartsDiffer(SourceLocation? location, string sentence) => new("NDB3007", Error, sentence, location);

    /// <summary>NDB3008: the number or the names of the classes differ.</summary>
    public static Diagnostic ClassesDiffer(SourceLocation? location, string sentence) => new("NDB3008", Error, sentence, location);

    /// <summary>NDB3009: the network cannot take an input of this size.</summary>
    public static Diagnostic InputSize(SourceLocation? location, int width, int height, int multiple) => new(
        "NDB3009", Error, $"The input size {width} x {height} does not fit the network; both sides must be multiples of {multiple}", location);

    /// <summary>NDB3010: the key <c>resume</c> is present.</summary>
    public static Diagnostic Resume(SourceLocation? location) => new(
        "NDB3010", Warning,
        "The key 'resume' has no effect: an interrupted training always resumes by itself; remove the key, because the original NanoDet resumes whatever its value is",
        location);

    /// <summary>NDB3011: an epoch has no full batch, and full ones are all that it has.</summary>
    /// <param name="location">The place of the file's batch size; null where the project sets it.</param>
    /// <param name="batchSize">The batch size.</param>
    /// <param name="images">Images in the training part.</param>
    /// <param name="fitting">A batch size that fits.</param>
    public static Diagnostic BatchTooLarge(SourceLocation? location, int batchSize, int images, int fitting) => new(
        "NDB3011", Error,
        $"The batch size {batchSize} is larger than the training part ({images} {(images == 1 ? "image" : "images")}), so an epoch has no batch; set {(location is null ? "NanoDetBatchSize" : "'batchsize_per_gpu' or NanoDetBatchSize")} to {fitting} or so, or {(location is null ? "remove it, and the preset adapts it" : "use a preset, which adapts it")}",
        location);

    /// <summary>NDB3012: the training ends before the warm-up does.</summary>
    public static Diagnostic WarmupTooLong(SourceLocation? location, int warmupSteps, long steps) => new(
        "NDB3012", Warning, $"The warm-up takes {warmupSteps} steps, but the whole training takes only {steps}", location);

    /// <summary>NDB3013: the learning rate's schedule and the training differ in length.</summary>
    public static Diagnostic ScheduleLengthDiffers(SourceLocation? location, string key, int epochs, int totalEpochs) => new(
        "NDB3013", Warning, $"'{key}' is {epochs}, but the training ends after epoch {totalEpochs}", location);

    /// <summary>NDB3014: no epoch before the last is validated.</summary>
    public static Diagnostic NoValidation(SourceLocation? location, int interval, int totalEpochs) => new(
        "NDB3014", Warning, $"The validation interval is {interval} epochs, but the training ends after epoch {totalEpochs}, so no earlier epoch is validated", location);

    /// <summary>NDB3015: there is no such preset.</summary>
    public static Diagnostic UnknownPreset(string name, IReadOnlyCollection<string> known)
        => new("NDB3015", Error, $"There is no preset '{name}'; {Choices(name, known)}");

    /// <summary>NDB3016: a property that overrides the configuration has a value it cannot have.</summary>
    public static Diagnostic WrongProperty(string property, string expected, string found)
        => new("NDB3016", Error, $"The property {property} must be {expected}, but is '{found}'");

    /// <summary>NDB3017: a setting is known but has no effect.</summary>
    public static Diagnostic WithoutEffect(SourceLocation? location, string sentence) => new("NDB3017", Warning, sentence, location);

    /// <summary>NDB3018: the effective configuration that the build wrote cannot be read.</summary>
    public static Diagnostic EffectiveMalformed(SourceLocation location, string reason)
        => new("NDB3018", Error, $"The effective configuration cannot be read: {reason}", location);

    /// <summary>NDB3019: the file names data that is not there.</summary>
    /// <param name="location">The place of the key.</param>
    /// <param name="key">The key.</param>
    /// <param name="path">Its value.</param>
    /// <param name="problem">What is wrong there, after the word <c>but</c>.</param>
    public static Diagnostic DataNotThere(SourceLocation? location, string key, string path, string problem) => new(
        "NDB3019", Error, $"'{key}' is '{DiagnosticText.Shorten(path)}', but {problem}; paths are relative to the folder of the configuration file", location);

    /// <summary>NDB3020: a configuration file is in an unknown encoding.</summary>
    public static Diagnostic NotUtf8(SourceLocation location)
        => new("NDB3020", Error, "The line is not in UTF-8, and the file does not begin with the mark of another encoding; save it as UTF-8", location);

    /// <summary>NDB3021: the file names a whole file system as data.</summary>
    /// <param name="location">The place of the key.</param>
    /// <param name="key">The key.</param>
    /// <param name="path">Its value.</param>
    public static Diagnostic SystemAsData(SourceLocation? location, string key, string path) => new(
        "NDB3021", Error, $"'{key}' is '{DiagnosticText.Shorten(path)}', which is a whole file system and not the folder of a data set; name the folder that has the files", location);

    /// <summary>NDB3030: a file asks for ImageNet weights of the backbone, and the project names none.</summary>
    /// <param name="location">The key, or its section.</param>
    /// <param name="key">The key.</param>
    /// <param name="isGiven">Whether the file has the key.</param>
    /// <param name="backbone">The backbone.</param>
    public static Diagnostic BackboneWithoutWeights(SourceLocation? location, string key, bool isGiven, string backbone) => new(
        "NDB3030", Warning,
        $"'{key}' is True{(isGiven ? "" : ", because the file does not have it")}, but the project names no ImageNet weights for {backbone}, so the backbone starts from random weights; name a file or an address with NanoDetBackboneWeights, or write '{key}: False'",
        location);

    // What the original calls by a name that no other tool has for it, so that no spelling leads there.
    private static readonly (string Word, string Meant)[] OtherNames = [("VOC", "XMLDataset"), ("Pascal", "XMLDataset")];

    // A few names are listed in any case, because a guess can be wrong.
    private static string Choices(string name, IReadOnlyCollection<string> known)
    {
        const int Few = 12;
        var meant = OtherTerms.Contains(name) ? null : Meant(name, [.. known.Where(candidate => Digits(candidate) == Digits(name))]);
        return meant is null ? $"choose from {string.Join(", ", known)}"
            : known.Count is > 1 and <= Few ? $"did you mean '{meant}'? The choices are {string.Join(", ", known)}"
            : $"did you mean '{meant}'?";
    }

    private static string? Meant(string word, IReadOnlyCollection<string> known)
        => OtherNames.FirstOrDefault(name => word.Contains(name.Word, StringComparison.OrdinalIgnoreCase) && known.Contains(name.Meant)).Meant ?? Suggestion.For(word, known);

    // Another number is another network, and no typing error.
    private static string Digits(string name) => string.Concat(name.Where(char.IsAsciiDigit));

    private static string DidYouMean(string word, IReadOnlyCollection<string> known) => Suggestion.For(word, known) is { } meant
        ? $"did you mean '{meant}'?"
        : $"choose from {string.Join(", ", known)}";
}
