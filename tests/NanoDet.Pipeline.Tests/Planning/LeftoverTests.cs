using NanoDet.Data.Files;
using NanoDet.Pipeline.Planning;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Planning;

public sealed class LeftoverTests
{
    [Fact]
    public void What_a_killed_build_left_half_written_goes_once_it_can_be_nobodys_any_more()
    {
        using var folder = new TestFolder();
        TinyVoc.Write(folder, 2);
        string[] old = [Left("obj/plan.json"), Left("obj/train/model.safetensors"), Left("obj/stages/export.wanted"), Left("nanodet.split.json"), Left("nanodet.lock.json")];
        string[] stay = [Left("obj/export/model.onnx", hours: 0), Left("obj/augmented/dataset.json"), Left("notes.txt"), folder.Write("obj/train/mine.tmp", "")];
        File.SetLastWriteTimeUtc(stay[^1], DateTime.UtcNow.AddHours(-2));

        new Planner(new PlanInputs(folder.FullPath, folder["obj"])
        {
            Images = [new PlanImage("images/img0.png"), new PlanImage("images/img1.png")],
            Annotations = ["annotations/img0.xml", "annotations/img1.xml"],
        }).Run(TestContext.Current.CancellationToken);

        Assert.DoesNotContain(old, File.Exists);
        Assert.All(stay, file => Assert.True(File.Exists(file), file));

        string Left(string file, int hours = 2)
        {
            var path = AtomicFile.AsideOf(folder[file]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "half");
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-hours));
            return path;
        }
    }
}
