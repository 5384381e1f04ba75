using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Planning;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Planning;

public sealed class StrangeFileTests
{
    // Ten minutes would mean for ever too; nothing is measured.
    private static readonly TimeSpan ForEver = TimeSpan.FromMinutes(2);

    public static TheoryData<string, string> Cases
        => [.. from path in new[] { "images/img1.png", "annotations/img1.xml", "train.txt", "classes.txt", "nanodet.yml" } from kind in StrangeFile.Kinds select (path, kind)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_cannot_be_read_to_its_end_is_told_at_its_place_and_never_waited_for(string path, string kind)
    {
        using var folder = new TestFolder();
        TinyVoc.Write(folder, 3);
        folder.Write("train.txt", "img0\nimg1\nimg2\n");
        folder.Write("classes.txt", "bolt\n");
        StrangeFile.Make(kind, folder[path]);
        var inputs = new PlanInputs(folder.FullPath, folder["obj"])
        {
            Images = [.. Enumerable.Range(0, 3).Select(i => new PlanImage($"images/img{i}.png"))],
            Annotations = [.. Enumerable.Range(0, 3).Select(i => $"annotations/img{i}.xml")],
            ImageSets = path == "train.txt" ? [new PlanList("train.txt")] : [],
            ClassFile = path == "classes.txt" ? path : null,
            ConfigurationFile = path == "nanodet.yml" ? path : null,
        };

        var problem = await Task.Run(() => Problem(inputs), TestContext.Current.CancellationToken).WaitAsync(ForEver, TestContext.Current.CancellationToken);

        Assert.Contains(path, $"{problem}", StringComparison.Ordinal);
        Assert.Equal(DiagnosticSeverity.Error, problem.Severity);
    }

    private static Diagnostic Problem(PlanInputs inputs)
    {
        try
        {
            return new Planner(inputs).Run().Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        }
        catch (NanoDetException exception)
        {
            return exception.Diagnostic;
        }
    }
}
