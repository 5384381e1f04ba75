using NanoDet.Core.Files;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Folders;

namespace NanoDet.Pipeline.Stages;

/// <summary>
/// The files of a model as a build hands them on. The folder of the last accepted model belongs to all builds of a project, and
/// a project that references it copies the files at the end of its own build; another build may have accepted another model by
/// then. So each model has a folder of its own, and its files never change.
/// </summary>
public static class DeliveredModel
{
    /// <summary>The folder with one folder for each model.</summary>
    public const string Folder = "delivered";

    // A build that still copies one of those before is a build that began before all of these ended.
    private const int Kept = 4;
    private const int NameLength = 16;

    /// <summary>Copies the last accepted model to its folder, and removes those of models long past.</summary>
    /// <param name="outputFolder">The folder of the plan, which the caller has locked.</param>
    /// <param name="description">The hash of the model's manifest and report.</param>
    /// <returns>The model's folder, relative to the output folder, with a slash at its end.</returns>
    public static string Write(string outputFolder, ContentHash description)
    {
        var name = description.ToString()[..NameLength];
        var folder = Directory.CreateDirectory(Path.Combine(outputFolder, Folder, name)).FullName;
        foreach (var file in OutputFiles.DeliveredNames)
        {
            var (source, copy) = (Path.Combine(outputFolder, OutputFiles.Accepted, file), Path.Combine(folder, file));
            if (OutputFiles.OptionalNames.Contains(file) && !File.Exists(source))
            {
                continue;
            }

            if (AtomicFile.WriteIfDifferent(copy, RegularFile.ReadAllBytes(source)))
            {
                // Only a file of another time is copied to an output folder.
                File.SetLastWriteTimeUtc(copy, File.GetLastWriteTimeUtc(source));
            }
        }

        foreach (var old in Models(outputFolder).Use(folder))
        {
            foreach (var file in OutputFiles.DeliveredNames)
            {
                File.Delete(Path.Combine(old, file));
            }

            if (!Directory.EnumerateFileSystemEntries(old).Any())
            {
                Directory.Delete(old);
            }
        }

        return $"{Folder}/{name}/";
    }

    /// <summary>The folders of all models that are there.</summary>
    /// <param name="outputFolder">The folder of the plan.</param>
    public static IEnumerable<string> Folders(string outputFolder) => Models(outputFolder).All();

    private static HashFolders Models(string outputFolder) => new(Path.Combine(outputFolder, Folder), NameLength, Kept);
}
