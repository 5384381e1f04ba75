using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Folders;

namespace NanoDet.Pipeline.Natives;

/// <summary>
/// A folder with native libraries that all projects of a user share. Packages have them in many folders and in pieces; a library
/// finds the others only in its own folder. The folder is there when all of it is there.
/// </summary>
/// <param name="Folder">Full path of the folder; its name has the version.</param>
public sealed record KeptLibraries(string Folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>Whether it is there.</summary>
    public bool Exist => Directory.Exists(Folder);

    /// <summary>Makes the folder, if no other build has or does.</summary>
    /// <param name="libraries">What is to be in it.</param>
    /// <param name="say">Gets lines for people.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="NanoDetException">NDB9008: it cannot be made; NDB9009: pieces do not fit; NDB9050: another build makes it for an hour.</exception>
    public void Keep(IReadOnlyCollection<PackagedLibrary> libraries, Action<string> say, CancellationToken cancellation)
    {
        try
        {
            using var gate = FolderLock.Take($"{Folder}.lock", Patience, cancellation, say);
            if (Exist)
            {
                return;
            }

            say($"putting together {Path.GetFileName(Folder)}, {libraries.Count} libraries, in {Folder} (only once for all your projects)");
            var aside = $"{Folder}.part";
            Remove(aside); // Of a build that was killed.
            Directory.CreateDirectory(aside);
            try
            {
                foreach (var library in libraries)
                {
                    library.WriteTo(Path.Combine(aside, library.Name), cancellation);
                }

                Directory.Move(aside, Folder);
            }
            finally
            {
                Remove(aside);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NanoDetException(NativeDiagnostics.NotKept(Folder, exception.Message), exception);
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
