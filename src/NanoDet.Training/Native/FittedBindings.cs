using System.Diagnostics;
using System.Security.Cryptography;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Training.Diagnostics;

namespace NanoDet.Training.Native;

/// <summary>
/// TorchSharp's native library in a form that this Linux can load: the shipped file if it fits, otherwise an adapted copy
/// (<see cref="StandardLibraryFit"/>) in the user's cache. NuGet's folder is never changed.
/// </summary>
internal static class FittedBindings
{
    /// <summary>Path of the library to load.</summary>
    /// <param name="shipped">Path of the shipped library; libtorch must already be loaded.</param>
    public static string For(string shipped)
    {
        // libtorch is written in C++, so this process has already loaded its C++ library, and its folder is known.
        using var process = Process.GetCurrentProcess();
        var standardLibrary = process.Modules.Cast<ProcessModule>()
            .FirstOrDefault(module => module.ModuleName.StartsWith("libstdc++.so.6", StringComparison.Ordinal))?.FileName;
        if (standardLibrary is null)
        {
            return shipped;
        }

        try
        {
            var fitted = StandardLibraryFit.Fit(File.ReadAllBytes(shipped), new ElfFile(File.ReadAllBytes(standardLibrary)));
            return fitted is null ? shipped : Cache(fitted, Path.GetFileName(shipped));
        }
        catch (InvalidDataException exception)
        {
            throw new NanoDetException(EnvironmentDiagnostics.LibTorchNotLoaded(shipped, exception.Message), exception);
        }
    }

    private static string Cache(byte[] content, string name)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var path = Path.Combine(home, ".nanodet", "native", Convert.ToHexStringLower(SHA256.HashData(content)), name);
        try
        {
            AtomicFile.WriteIfDifferent(path, content);
            return path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NanoDetException(EnvironmentDiagnostics.NativeCacheNotWritable(path, exception.Message), exception);
        }
    }
}
