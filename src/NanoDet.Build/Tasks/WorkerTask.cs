using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Build.Worker;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Requests;

namespace NanoDet.Build.Tasks;

/// <summary>
/// A task that runs in the worker, because it needs native code, which must never be loaded into MSBuild. The worker reads
/// what to do from a request file, <c>stages/NAME.request.json</c>, not from the command line.
/// </summary>
public abstract class WorkerTask : NanoDetTask
{
    /// <summary>Path of <c>NanoDet.Worker.dll</c>.</summary>
    [Required]
    public string WorkerPath { get; set; } = "";

    /// <summary>The <c>dotnet</c> that this build runs on; empty to find it.</summary>
    public string DotNetHost { get; set; } = "";

    /// <summary>Folders with libtorch and TorchSharp's native library, separated as in <c>PATH</c>.</summary>
    public string LibTorchFolders { get; set; } = "";

    /// <summary>The worker's verb.</summary>
    private protected abstract string Verb { get; }

    /// <summary>What the worker is asked to do; paths are full.</summary>
    private protected abstract WorkerRequest Request();

    /// <summary>Does what the task is for.</summary>
    private protected void RunWorker(DiagnosticLog log, CancellationToken cancellation) => RunWorker(Verb, Verb, Request(), log, cancellation);

    /// <summary>Writes a request and runs the worker until it ends.</summary>
    /// <param name="verb">The worker's verb.</param>
    /// <param name="name">The name of the request.</param>
    /// <param name="request">The request.</param>
    /// <param name="log">Takes what the worker says.</param>
    /// <param name="cancellation">Stops the worker.</param>
    private protected void RunWorker(string verb, string name, WorkerRequest request, DiagnosticLog log, CancellationToken cancellation)
    {
        var file = Path.Combine(FullOutputFolder, "stages", $"{name}.request.json");
        AtomicFile.WriteIfDifferent(file, RequestJson.Write(request));
        new WorkerProcess(Host, Path.GetFullPath(Path.Combine(ProjectFolder, WorkerPath)), log, ToldWarnings()).Run(
            verb, file, new Dictionary<string, string> { ["NANODET_LIBTORCH"] = LibTorchFolders }, cancellation);
    }

    // The type is part of the key: two versions of the package may work in one build.
    private HashSet<Diagnostic> ToldWarnings()
    {
        var name = (typeof(WorkerProcess), FullOutputFolder);
        if (BuildEngine4.GetRegisteredTaskObject(name, RegisteredTaskObjectLifetime.Build) is not HashSet<Diagnostic> told)
        {
            BuildEngine4.RegisterTaskObject(name, told = [], RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        }

        return told;
    }

    private string Host => DotNetHost.Length > 0 ? DotNetHost
        : Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path
        : "dotnet";
}
