using System.Security.Cryptography;
using System.Text;

namespace NanoDet.Build.Tests.Infrastructure;

/// <summary>
/// Packages in the form of TorchSharp's with CUDA: a head, libtorch's head, parts with whole libraries, and a part whose library
/// is so large that it comes in pieces, with a target that joins them.
/// </summary>
internal static class StandInCuda
{
    /// <summary>The first piece of the library.</summary>
    public const string First = "the first piece, ";

    /// <summary>The whole library.</summary>
    public const string Whole = $"{First}the second, and the third";

    private const string LibTorch = "libtorch-cuda-12.8-linux-x64";
    private const string Native = "runtimes/linux-x64/native";

    /// <summary>Writes them into a folder that is a source.</summary>
    public static void Pack(string folder, string version)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Whole)));
        var targets = ($"buildTransitive/netstandard2.0/{LibTorch}-part2-primary.targets", """
            <Project>
              <Target Name="FileRestitch" AfterTargets="ResolveReferences" BeforeTargets="PrepareForBuild"><Error Text="the pieces were joined where others read them" /></Target>
              <Target Name="EvenThen" BeforeTargets="ResolvePackageAssets"><Error Text="a target of the package ran" /></Target>
            </Project>
            """);
        new StandInPackage("TorchSharp", version).With(($"{Native}/libLibTorchSharp.so", "TorchSharp's own part")).Pack(folder);
        new StandInPackage("TorchSharp-cuda-linux", version, "TorchSharp", LibTorch).With(("lib/netstandard2.0/_._", "")).Pack(folder);
        new StandInPackage(LibTorch, version, $"{LibTorch}-part1", $"{LibTorch}-part2-primary", $"{LibTorch}-part2-fragment1", $"{LibTorch}-part2-fragment2")
            .With(("lib/netstandard2.0/_._", "")).Pack(folder);
        new StandInPackage($"{LibTorch}-part1", version).With(($"{Native}/libtorch.so", "no library"), ($"{Native}/libtorch_cpu.so", "no library")).Pack(folder);
        new StandInPackage($"{LibTorch}-part2-primary", version).With(targets, ($"{Native}/libtorch_cuda.so", First), ($"{Native}/libtorch_cuda.so.sha", hash)).Pack(folder);
        new StandInPackage($"{LibTorch}-part2-fragment1", version).With(("fragments/linux-x64/native/libtorch_cuda.so.fragment1", "the second, ")).Pack(folder);
        new StandInPackage($"{LibTorch}-part2-fragment2", version).With(("fragments/linux-x64/native/libtorch_cuda.so.fragment2", "and the third")).Pack(folder);
    }
}
