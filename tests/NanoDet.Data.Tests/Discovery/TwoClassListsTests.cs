using NanoDet.Data.Discovery;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Discovery;

/// <summary>Two lists of classes for the same YOLO labels, one of which counts.</summary>
public sealed class TwoClassListsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("data.yaml=names: [bolt, nut]", "classes.txt=nut\nbolt")]
    [InlineData("data.yaml=names: {0: bolt, 1: nut}", "labels/classes.txt=bolt\nnut\nwasher")]
    [InlineData("obj.names=bolt\nnut", "classes.txt=bolt\nnat")]
    [InlineData("classes.txt=bolt\nnut", "notes.json={\"categories\":[{\"id\":0,\"name\":\"nut\"},{\"id\":1,\"name\":\"bolt\"}],\"info\":{\"contributor\":\"Label Studio\"}}")]
    public void A_list_that_does_not_count_is_told(string used, string other)
    {
        var found = Find(used, other);

        var (usedName, otherName) = (used.Split('=')[0], other.Split('=')[0]);
        Assert.Equal(usedName, found.ClassFile);
        Assert.Equal(
            $"{otherName}: warning NDB1061: The numbers in YOLO labels would mean other classes by this list than by '{usedName}', which is the one that counts; this list is passed over. Delete the wrong one, or name the right one: NanoDetClassFile in a project, --classes on the command line",
            Assert.Single(found.Problems).ToString());
        Assert.Empty(found.ProblemsFor(hasClasses: true));
    }

    [Theory]
    [InlineData("data.yaml=names: [bolt, nut]", "classes.txt=bolt\r\nnut\r\n")]
    [InlineData("data.yaml=names: [bolt, nut]", "notes.json={\"categories\":[{\"id\":1,\"name\":\"nut\"},{\"id\":0,\"name\":\"bolt\"}],\"info\":{\"contributor\":\"Label Studio\"}}")]
    [InlineData("data.yaml=names: [bolt, nut]", "hyperparameters.yaml=lr: 0.1")]
    public void Nothing_is_said_of_a_list_of_the_same_names_in_the_same_order(string used, string other)
        => Assert.Empty(Find(used, other).Problems);

    [Fact]
    public void Labels_that_hold_names_need_no_list_so_none_is_told()
    {
        new KnownLayout("", ["images/1.png", "annotations/1.xml=voc:bolt", "data.yaml=names: [bolt, nut]", "classes.txt=nut\nbolt"], []).Write(_folder);

        Assert.Empty(DatasetFinder.Find(DataFiles.Of(_folder.FullPath)).Problems);
    }

    private FoundDataset Find(params string[] lists)
    {
        new KnownLayout("", ["images/1.png", "labels/1.txt=yolo:1", .. lists], []).Write(_folder);
        return DatasetFinder.Find(DataFiles.Of(_folder.FullPath));
    }
}
