using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Discovery;
using NanoDet.Data.Files;
using NanoDet.Data.Pairing;
using NanoDet.Pipeline.Planning;

namespace NanoDet.Build.Items;

/// <summary>
/// Completes the items of a project: with the images and labels that its configuration file names, or else with what is found. What
/// the project itself names counts before both.
/// </summary>
/// <param name="projectFolder">The project's folder.</param>
/// <param name="configurationFile"><c>NanoDetConfigurationFile</c>; empty for none.</param>
/// <param name="find">Whether what the project does not name is found (<c>NanoDetEnableDefaultItems</c>).</param>
/// <param name="log">Takes lines and problems.</param>
/// <param name="cancellation">Ends the search.</param>
internal sealed class ConfiguredItems(string projectFolder, string configurationFile, bool find, DiagnosticLog log, CancellationToken cancellation)
{
    private const string Patterns = "NanoDet.Build.props";

    /// <summary>Completes the items.</summary>
    /// <param name="items">The items.</param>
    /// <param name="named">The same as MSBuild has them.</param>
    /// <exception cref="NanoDetException">NDB30xx of the file, NDB106x and NDB1010.</exception>
    public FoundItems Complete(FoundItems items, IReadOnlyList<ITaskItem> named)
    {
        var configured = configurationFile.Length > 0 ? ConfiguredData.Of(projectFolder, configurationFile) : null;
        if (configured is { IsThere: true } && !named.Any(IsOfProject))
        {
            return Take(configured, items);
        }

        var complete = (find ? items.Find(projectFolder, log) : items).WithUsualClassFile(projectFolder);
        if (complete.Images.IsEmpty && (configured?.NotThere() ?? Mistake()) is { } problem)
        {
            throw new NanoDetException(problem);
        }

        if (configured is null)
        {
            return complete;
        }

        log.Say(
            MessageImportance.High,
            $"NanoDet: the images and labels of the project are used, and not those that 'img_path' and 'ann_path' in {configured.File} name{Why(configured)}");
        return complete;
    }

    // An item that a pattern found is not named by anybody.
    private static bool IsOfProject(ITaskItem item) => !item.GetMetadata("DefiningProjectFullPath").EndsWith(Patterns, StringComparison.OrdinalIgnoreCase);

    private static string Why(ConfiguredData configured) => !configured.IsWhole ? Gap(configured)
        : configured.IsThere ? "" : ", which are not there";

    private static string Gap(ConfiguredData configured) => configured.Gap is { } key ? $", because '{key}' is missing or empty" : "";

    // Which data a file names that cannot be read is not known.
    private Diagnostic? Mistake() => configurationFile.Length == 0 ? null
        : ConfigurationFile.Read(ProjectPath.Full(projectFolder, configurationFile)).Diagnostics.FirstOrDefault(problem => problem.Severity == DiagnosticSeverity.Error);

    private FoundItems Take(ConfiguredData configured, FoundItems items)
    {
        var problems = new List<Diagnostic>();
        var found = configured.Find(problems, new ListingProgress(line => log.Say(MessageImportance.High, $"NanoDet: {line}"), cancellation));
        if (problems is [.. var others, var last])
        {
            others.ForEach(log.Write);
            throw new NanoDetException(last);
        }

        if (!configured.HasParts)
        {
            log.Say(MessageImportance.High, $"NanoDet: {configured.File} names one set of images and labels, so the build splits it{Gap(configured)}");
        }

        // The project may have given an image a group or a weight, or removed it.
        var known = items.Images.DistinctBy(image => image.Path, StringComparer.Ordinal).ToDictionary(image => image.Path, StringComparer.Ordinal);
        bool IsRemoved(string path) => find && !known.ContainsKey(path) && !ProjectItems.IsElsewhere(StoredFolder.Of(path));
        PlanImage Item(string path, DatasetPart? part) => known.GetValueOrDefault(path, new PlanImage(path)) is { Part: null } image ? image with { Part = part } : known[path];
        return new(
            [.. found.Images.Where(image => !IsRemoved(image.Path)).Select(image => Item(image.Path, image.Part))],
            found.Labels,
            [],
            items.ClassFile.Length > 0 || !found.Classes.IsEmpty ? items.ClassFile : found.ClassFile ?? "")
        {
            Blocks = found.Blocks,
            Classes = items.ClassFile.Length > 0 ? [] : found.Classes,
            Difficult = found.Difficult,
        };
    }
}
