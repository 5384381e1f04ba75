using System.Reflection;
using System.Runtime.InteropServices;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Training.Diagnostics;
using Architecture = System.Runtime.InteropServices.Architecture;

namespace NanoDet.Training.Native;

/// <summary>
/// The folders to search for libtorch and TorchSharp's native library, in order: the folders that the caller
/// names, the folder of the application, NuGet's packages folder. The last is the usual case, because libtorch has half a
/// gigabyte, which should not be copied into every output folder.
/// </summary>
internal static class NativeFolders
{
    /// <summary>Environment variable with folders to look in first, separated as in <c>PATH</c>.</summary>
    public const string Variable = "NANODET_LIBTORCH";

    /// <summary>The runtime identifier of this system; throws a diagnostic if libtorch does not exist for it.</summary>
    public static string RuntimeIdentifier { get; } = (OS: CurrentSystem(), RuntimeInformation.ProcessArchitecture) switch
    {
        ("linux", Architecture.X64) => "linux-x64",
        ("win", Architecture.X64) => "win-x64",
        ("osx", Architecture.Arm64) => "osx-arm64",
        _ => throw new NanoDetException(EnvironmentDiagnostics.SystemWithoutLibTorch(RuntimeInformation.RuntimeIdentifier)),
    };

    /// <summary>The versions of libtorch and TorchSharp, and the folders that the caller names, which may contain other versions.</summary>
    public static string Versions
        => $"{PackageVersion("libtorch")} {PackageVersion("TorchSharp")} {Environment.GetEnvironmentVariable(Variable)}";

    /// <summary>
    /// Folders that may contain libtorch for a device. For CUDA, NuGet's folder is not one of them: its libraries are too large for a
    /// package and come in pieces (libtorch-cuda-12.8-RID-part1 and so on), which the first build that references them joins and copies.
    /// </summary>
    public static IEnumerable<string> LibTorch(TrainingDevice device) => device == TrainingDevice.Cuda
        ? Nearby()
        : Nearby().Append(InPackage($"libtorch-cpu-{RuntimeIdentifier}", PackageVersion("libtorch")));

    /// <summary>Folders that may contain TorchSharp's native library.</summary>
    public static IEnumerable<string> TorchSharp() => Nearby().Append(InPackage("torchsharp", PackageVersion("TorchSharp")));

    private static IEnumerable<string> Nearby() =>
    [
        .. (Environment.GetEnvironmentVariable(Variable) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        AppContext.BaseDirectory,
        Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeIdentifier, "native"),
    ];

    private static string InPackage(string package, string version)
        => Path.Combine(PackagesRoot(), package, version, "runtimes", RuntimeIdentifier, "native");

    private static string PackagesRoot() => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } configured
        ? configured
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string PackageVersion(string package) => typeof(NativeFolders).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == package).Value!;

    private static string CurrentSystem()
        => RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "linux-musl"
            : OperatingSystem.IsLinux() ? "linux"
            : OperatingSystem.IsWindows() ? "win"
            : OperatingSystem.IsMacOS() ? "osx"
            : "other";
}
