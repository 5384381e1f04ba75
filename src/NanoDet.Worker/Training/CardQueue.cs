using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Folders;
using NanoDet.Training.Native;

namespace NanoDet.Worker.Training;

/// <summary>
/// Lets one training at a time use a card, for all projects of the user: two at once would be slower together than one after the
/// other, and the second may end both for want of memory.
/// </summary>
internal static class CardQueue
{
    // A training may take days; a user who does not want to wait stops the build.
    private static readonly TimeSpan Patience = TimeSpan.FromDays(30);

    private static readonly string Folder = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nanodet", "cards");

    /// <summary>Waits until no other training of this user uses the card.</summary>
    /// <param name="card">The number of the card.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>To be disposed when the card is free again; the system does it when the process ends.</returns>
    /// <exception cref="NanoDetException">NDB9051: the folder cannot be written.</exception>
    public static IDisposable Enter(int card, CancellationToken cancellation) => FolderLock.Take(
        Path.Combine(Folder, CardPin.Identity(card)), Patience, cancellation,
        line => Console.WriteLine($"the card cuda:{card} is in use: {line}"));
}
