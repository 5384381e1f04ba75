using NanoDet.Data.Files;
using NanoDet.Pipeline.Planning;

namespace NanoDet.Pipeline.Store.Stages;

/// <summary>
/// The fetched and checked files of a result, in temporary places: none of the files
/// that they replace is changed until all of them are complete. Files that are not installed are deleted.
/// </summary>
internal sealed class FetchedFiles : IDisposable
{
    private readonly List<(string Aside, StoredFile File)> _files = [];
    private readonly string _folder;

    private FetchedFiles(string folder) => _folder = folder;

    /// <summary>Fetches the files of an entry.</summary>
    public static async Task<FetchedFiles> FetchAsync(IResultStore store, StoredAction action, string folder, CancellationToken cancellation)
    {
        var fetched = new FetchedFiles(folder);
        try
        {
            foreach (var file in action.Files)
            {
                var path = ProjectPath.Full(folder, file.Name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                var aside = AtomicFile.AsideOf(path);
                fetched._files.Add((aside, file));
                await using var stream = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None);
                await store.CopyAsync(file.Digest, stream, cancellation).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            return fetched;
        }
        catch
        {
            fetched.Dispose();
            throw;
        }
    }

    /// <summary>Moves the files to their places, deletes all other files of a build in their folders, and returns their names.</summary>
    public IEnumerable<string> Install()
    {
        // A checkpoint or the progress of another run, left beside these files, would be taken for theirs.
        foreach (var stage in _files.Select(file => file.File.Name.Split('/')[0]).Distinct())
        {
            IntermediateFolder.Clear(_folder, stage);
        }

        foreach (var (aside, file) in _files)
        {
            File.Move(aside, ProjectPath.Full(_folder, file.Name), overwrite: true);
        }

        return _files.Select(file => file.File.Name);
    }

    /// <inheritdoc />
    public void Dispose() => _files.ForEach(file => File.Delete(file.Aside));
}
