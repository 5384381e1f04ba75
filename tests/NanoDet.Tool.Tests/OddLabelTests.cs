using NanoDet.Data.Labels.Coco;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

/// <summary>What the tool makes of labels as people's tools write them: the same as a build.</summary>
public sealed class OddLabelTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public static TheoryData<string> Names => OddLabels.Names;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task They_are_read_as_meant(string name)
    {
        var (file, objects) = OddLabels.Write(_folder, name, "labels");
        Directory.CreateDirectory(_folder["images"]);
        await File.WriteAllBytesAsync(_folder["images/img0.png"], TinyPng.Bytes(0), TestContext.Current.CancellationToken);

        var run = await ToolProcess.RunAsync("convert", _folder[$"labels/{file}"], "--images", _folder["images"], "--to", "coco", "--out", _folder["out.json"]);

        Assert.Equal(0, run.ExitCode);
        var document = CocoReader.Read(_folder["out.json"]);
        var names = document.Categories.ToDictionary(category => category.Id, category => category.Name);
        Assert.Equal(objects, string.Join(';', document.Annotations.Select(found => FormattableString.Invariant(
            $"{names[found.CategoryId]} {found.X:0} {found.Y:0} {found.X + found.Width:0} {found.Y + found.Height:0}"))));
    }

    [Theory]
    [InlineData("0,0.5,0.5,0.25,0.25\n")]
    [InlineData("0 32 24 20 10\n")]
    public async Task Another_form_is_told_by_its_name(string text)
    {
        var path = _folder.Write("labels/img0.txt", text);
        _folder.Write("labels/classes.txt", OddLabels.Classes);
        await File.WriteAllBytesAsync(_folder["labels/img0.png"], TinyPng.Bytes(0), TestContext.Current.CancellationToken);

        var run = await ToolProcess.RunAsync("convert", _folder["labels"], "--to", "coco", "--out", _folder["out.json"]);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"{path}(1,1): error NDB1010: ", run.Error, StringComparison.Ordinal);
    }
}
