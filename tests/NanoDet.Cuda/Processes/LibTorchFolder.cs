using NanoDet.Data.Configuration;
using NanoDet.Pipeline.Natives;

namespace NanoDet.Cuda.Processes;

/// <summary>The folder of libtorch: as a build finds it, but without restoring anything.</summary>
internal static class LibTorchFolder
{
    private const string Variable = "NANODET_LIBTORCH";

    /// <summary>Finds it: the one that was named, by an option or the variable, or the one that a build has put together for the user.</summary>
    /// <param name="options">The options.</param>
    /// <returns>Null to let libtorch be found as usual.</returns>
    public static string? Of(Options options)
    {
        var usesCard = options.Choice.Device == TrainingDevice.Cuda;
        if (options.LibTorch is { } named)
        {
            return GivenLibTorch.Find(named, usesCard, "--libtorch");
        }

        return Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } ? null : usesCard ? Kept() : null;
    }

    private static string? Kept()
    {
        var kept = new DirectoryInfo(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nanodet", "libtorch"));
        return kept.Exists
            ? kept.EnumerateDirectories("TorchSharp-cuda-*").Where(folder => !folder.Name.EndsWith(".part", StringComparison.Ordinal)).MaxBy(folder => folder.Name, StringComparer.Ordinal)?.FullName
            : null;
    }
}
