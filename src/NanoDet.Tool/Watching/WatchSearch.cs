using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Tool.Diagnostics;
using NanoDet.Tool.Projects;

namespace NanoDet.Tool.Watching;

/// <summary>Finds the training of a project or a folder.</summary>
internal static class WatchSearch
{
    private const string Nanodet = "nanodet";

    // Folders that may not be read are passed over.
    private static readonly EnumerationOptions Here = new();

    /// <summary>Finds the training; if there are several, the one that wrote last.</summary>
    /// <param name="target">A project file, its folder, or a folder that a training writes into.</param>
    /// <exception cref="NanoDetException">NDB6114: there is no training.</exception>
    public static WatchedTraining Find(string target)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        ImmutableArray<WatchedTraining> places = [.. Places(path).DistinctBy(place => place.TrainFolder)];
        return places.Where(place => place.Exists).MaxBy(place => File.GetLastWriteTimeUtc(place.ProgressPath))
            ?? throw new NanoDetException(ToolDiagnostics.NothingToWatch(target, [.. places.Select(place => place.ProgressPath)]));
    }

    private static IEnumerable<WatchedTraining> Places(string path)
    {
        if (File.Exists(path))
        {
            return OfProject(path);
        }

        IEnumerable<WatchedTraining> itself = File.Exists(Path.Combine(path, WatchedTraining.ProgressName))
            ? [ByHandOrNot(path)]
            : Directory.Exists(Path.Combine(path, "stages")) ? [OfBuild(path, NameOf(path))] : [];
        return [.. itself, .. ProjectFiles.In(path).SelectMany(OfProject), .. ProjectFiles.In(path).Any() ? [] : Below(path)];
    }

    /// <summary>Lists the folders for a project: beside the project, or below a folder <c>artifacts</c> further up.</summary>
    private static IEnumerable<WatchedTraining> OfProject(string project)
    {
        var (folder, name) = (Path.GetDirectoryName(project)!, Path.GetFileNameWithoutExtension(project));
        yield return OfBuild(Path.Combine(folder, "obj", Nanodet), name);
        for (var above = folder; above is not null; above = Path.GetDirectoryName(above))
        {
            if (Directory.Exists(Path.Combine(above, "artifacts")))
            {
                yield return OfBuild(Path.Combine(above, "artifacts", "obj", name, Nanodet), name);
            }
        }
    }

    /// <summary>Lists the folders of the projects in a folder without a project.</summary>
    private static IEnumerable<WatchedTraining> Below(string folder)
        => Folders(folder).SelectMany(below => ProjectFiles.In(below).SelectMany(OfProject))
            .Concat(Folders(Path.Combine(folder, "artifacts", "obj")).Select(below => OfBuild(Path.Combine(below, Nanodet), Path.GetFileName(below))))
            .Append(OfBuild(Path.Combine(folder, Nanodet), NameOf(Path.Combine(folder, Nanodet))));

    private static WatchedTraining OfBuild(string folder, string name) => new(name, Path.Combine(folder, "train"), folder);

    private static WatchedTraining ByHandOrNot(string folder)
        => Path.GetDirectoryName(folder) is { } above && Directory.Exists(Path.Combine(above, "stages")) ? OfBuild(above, NameOf(above))
            : new(Path.GetFileName(folder), folder, null);

    // PROJECT/obj/nanodet, or artifacts/obj/PROJECT/nanodet.
    private static string NameOf(string buildFolder)
        => Path.GetDirectoryName(buildFolder) is not { } above ? buildFolder
            : Path.GetFileName(above) is "obj" ? Path.GetFileName(Path.GetDirectoryName(above)) ?? above
            : Path.GetFileName(above);

    private static IEnumerable<string> Folders(string folder)
        => Directory.Exists(folder) ? Directory.EnumerateDirectories(folder, "*", Here).Order(StringComparer.Ordinal) : [];
}
