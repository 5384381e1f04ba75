using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Linting;
using NanoDet.Pipeline.Requests;
using NanoDet.Vision.Findings;

namespace NanoDet.Worker.Linting;

/// <summary>Writes a page of what the lint of a build found.</summary>
internal static class FindingsStage
{
    /// <summary>Writes the page.</summary>
    /// <exception cref="NanoDetException">A file of the build, or that of accepted findings, cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Run(FindingsRequest request, CancellationToken cancellation)
    {
        var found = BuildFindings.Read(request.BuildFolder, request.ProjectFolder);
        new FindingsPage(request.Title, found.Open, found.Dataset?.Images ?? [], found.Dataset?.Classes ?? [])
        {
            FileOf = image => ProjectPath.Full(request.ProjectFolder, image.Path),
            Command = $"dotnet nanodet lint {ShellWord.Of(ProjectPath.Relative(request.ProjectFolder, request.BuildFolder))}",
            CommandPlace = "To run in the folder of the project:",
            Accepted = found.Accepted,
            Recall = found.Recall,
            Key = request.Key,
        }.Write(request.Output, cancellation);
    }
}
