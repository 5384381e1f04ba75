using NanoDet.Core.Diagnostics;
using NanoDet.Data.Discovery;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Labels;

public sealed class ClassSourceTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Theory]
    [InlineData("kpt_shape: [17, 3]", 51)]
    [InlineData("kpt_shape: [2,2]", 4)]
    [InlineData("kpt_shape:", null)]
    [InlineData("nc: 2", null)]
    public void A_description_says_how_many_numbers_of_keypoints_follow_a_box(string line, int? expected)
        => Assert.Equal(expected, ClassSource.Read(_folder.Write("data.yaml", $"names: [nut, bolt]\n{line}\n")).WithAliases([("screw", "bolt")]).KeypointNumbers);

    [Theory]
    [InlineData("[17]")]
    [InlineData("[17, 4]")]
    [InlineData("[0, 3]")]
    [InlineData("[99999999999, 3]")]
    [InlineData("51")]
    public void A_shape_of_keypoints_that_is_none_is_told_at_its_place(string shape)
    {
        var told = Assert.Throws<NanoDetException>(() => ClassSource.Read(_folder.Write("data.yaml", $"names: [nut, bolt]\nkpt_shape: {shape}\n"))).Diagnostic;
        Assert.Equal(("NDB1063", 2), (told.Code, told.Location!.Value.Line));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("classes.txt", "nut\r\nbolt\r\n")]
    [InlineData("obj.names", "nut\nbolt")]
    [InlineData("data.yaml", "train: images\nnc: 2\nnames: ['nut', \"bolt\"]\n")]
    [InlineData("data.yml", "names:\n- nut\n- bolt\n")]
    [InlineData("data.yaml", "names:\n  1: bolt\n  0: nut\n")]
    [InlineData("notes.json", "{\"categories\":[{\"id\":1,\"name\":\"bolt\"},{\"id\":0,\"name\":\"nut\"}]}")]
    public void Names_are_read_from_every_file_that_has_them(string file, string content)
        => Assert.Equal(["nut", "bolt"], ClassSource.Read(_folder.Write(file, content)).Names);

    [Fact]
    public void A_description_of_darknet_names_the_file()
    {
        var names = _folder.Write("obj.names", "nut\nbolt\n");
        var description = _folder.Write("obj.data", "classes = 2\nnames = data/obj.names\n");
        Assert.Equal(["nut", "bolt"], ClassSource.Read(description).Names);
        Assert.Equal(names, ClassSource.FileOf(description));
    }

    [Theory]
    [InlineData("data.yaml", "nc: 2\n", "NDB1063", 0)]
    [InlineData("data.yaml", "names:\n  0: nut\n  2: bolt\n", "NDB1063", 0)]
    [InlineData("data.yaml", "names:\n  0: nut\n  first: bolt\n", "NDB1063", 3)]
    [InlineData("data.yaml", "names:\n- nut\n- [bolt]\n", "NDB1063", 3)]
    [InlineData("data.yaml", "names: [nut", "NDB3001", null)]
    [InlineData("notes.json", "[\"nut\"]", "NDB1063", 0)]
    [InlineData("notes.json", "{\"categories\":[{\"name\":\"nut\"}]}", "NDB1063", 0)]
    [InlineData("obj.data", "classes = 2\n", "NDB1063", 0)]
    [InlineData("obj.data", "classes = 2\nnames = lost.names\n", "NDB1063", 2)]
    [InlineData("obj.data", "classes = 2\nnames = data/obj.data\n", "NDB1063", 2)]
    [InlineData("classes.xml", "<annotation/>", "NDB1063", 0)]
    public void A_file_without_names_is_an_error_at_its_place(string file, string content, string code, int? line)
    {
        var told = Assert.Throws<NanoDetException>(() => ClassSource.Read(_folder.Write(file, content))).Diagnostic;
        Assert.Equal(code, told.Code);
        Assert.True(line is null || line == told.Location!.Value.Line, told.ToString());
    }
}
