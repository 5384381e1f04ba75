using NanoDet.Data.Discovery;
using NanoDet.Pipeline.Planning;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Planning;

/// <summary>Links that lead to nothing are no files that somebody has named.</summary>
public sealed class BrokenLinkTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public BrokenLinkTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "only a privileged user may make links there");
        new KnownLayout("", ["images/1.png", "photos/1.png", "photos/1.xml=voc:bolt"], []).Write(_folder);
        File.CreateSymbolicLink(_folder["images/2.png"], _folder["gone.png"]);
        File.CreateSymbolicLink(_folder["photos/3.png"], _folder["gone.png"]);
        File.CreateSymbolicLink(_folder["images/4.png"], _folder["images/1.png"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_plan_can_be_made_without_them()
    {
        var inputs = new PlanInputs(_folder.FullPath, _folder["obj"]) { Images = [new("images/1.png"), new("images/2.png"), new("images/4.png")], Annotations = ["images/5.xml"] };
        Assert.Equal(["images/2.png"], inputs.BrokenLinks());
        Assert.Equal(["images/1.png", "images/4.png"], inputs.Without(inputs.BrokenLinks()).Images.Select(image => image.Path));
    }

    [Fact]
    public void What_is_found_without_being_named_has_none_and_a_line_says_so()
    {
        var found = ProjectItems.Find(_folder.FullPath, [], [], []);
        Assert.Equal(["photos/1.png"], found.Images);
        Assert.Contains("1 link leads to nothing and is passed over, such as 'photos/3.png'", found.Dataset.PassedOver);
    }
}
