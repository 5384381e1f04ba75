using System.Runtime.InteropServices;
using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Natives;

namespace NanoDet.Build.Tasks;

/// <summary>
/// Puts libtorch with CUDA together, from the packages that were restored, in a folder for all projects of the user. TorchSharp's
/// packages bring a target that joins the pieces where NuGet unpacked them; it deletes them under the eyes of any other build that
/// reads them, and holds gigabytes in memory, so this task only reads them.
/// </summary>
public sealed class KeepLibTorch : ProjectTask
{
    private const string Packages = "libtorch-cuda-";

    /// <summary>The native files of the packages, as the SDK resolves them, with metadata <c>NuGetPackageId</c>, <c>PathInPackage</c> and <c>RuntimeIdentifier</c>.</summary>
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>The runtime identifier of the system; empty if there is no package for it.</summary>
    public string System { get; set; } = "";

    /// <summary>The folder to make.</summary>
    [Required]
    public string Folder { get; set; } = "";

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        if (System.Length == 0)
        {
            throw new NanoDetException(NativeDiagnostics.NoCudaPackage(RuntimeInformation.RuntimeIdentifier, ProjectFile));
        }

        PackagedLibrary[] libraries =
        [
            .. Files
                .Where(file => file.GetMetadata("NuGetPackageId").StartsWith(Packages, StringComparison.OrdinalIgnoreCase) && file.GetMetadata("RuntimeIdentifier") == System
                    && !file.ItemSpec.EndsWith(PackagedLibrary.HashExtension, StringComparison.OrdinalIgnoreCase))
                .Select(file => new PackagedLibrary(Path.GetFullPath(file.ItemSpec), file.GetMetadata("PathInPackage"))),
        ];
        if (libraries.Length == 0)
        {
            throw new NanoDetException(NativeDiagnostics.NotKept(Folder, $"the packages have no libraries for {System}"));
        }

        new KeptLibraries(Path.GetFullPath(Folder)).Keep(libraries, line => log.Say(MessageImportance.High, $"NanoDet: {line}"), cancellation);
    }
}
