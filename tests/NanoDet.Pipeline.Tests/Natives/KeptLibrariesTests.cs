using System.Security.Cryptography;
using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Natives;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Natives;

public sealed class KeptLibrariesTests : IDisposable
{
    private const string Native = "runtimes/linux-x64/native/libtorch_cuda.so";
    private const string Primary = $"packages/libtorch-cuda-part3-primary/2.10.0/{Native}";
    private const string Fragments = "packages/libtorch-cuda-part3-fragment";
    private const string Whole = "one two three";

    private readonly TestFolder _folder = new("natives");
    private readonly List<string> _lines = [];

    public KeptLibrariesTests()
    {
        _folder.Write(Primary, "one");
        _folder.Write($"{Primary}.sha", $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Whole)))}\n");
        _folder.Write($"{Fragments}1/2.10.0/fragments/linux-x64/native/libtorch_cuda.so.fragment1", " two");
        _folder.Write($"{Fragments}2/2.10.0/fragments/linux-x64/native/libtorch_cuda.so.fragment2", " three");
    }

    [Fact]
    public void Pieces_become_one_library_and_stay_where_they_are()
    {
        Keep();

        Assert.Equal(Whole, File.ReadAllText(_folder["kept/libtorch_cuda.so"]));
        Assert.Equal("one", File.ReadAllText(_folder[Primary]));
        Assert.True(File.Exists(_folder[$"{Fragments}2/2.10.0/fragments/linux-x64/native/libtorch_cuda.so.fragment2"]));
    }

    [Fact]
    public void What_is_kept_is_not_made_again()
    {
        Keep();
        _folder.Write(Primary, "something else");

        Keep();

        Assert.Equal(Whole, File.ReadAllText(_folder["kept/libtorch_cuda.so"]));
        Assert.Single(_lines);
    }

    [Fact]
    public void Pieces_that_another_project_has_joined_in_place_are_whole()
    {
        _folder.Write(Primary, Whole);
        Directory.Delete(_folder[$"{Fragments}1"], recursive: true);
        Directory.Delete(_folder[$"{Fragments}2"], recursive: true);

        Keep();

        Assert.Equal(Whole, File.ReadAllText(_folder["kept/libtorch_cuda.so"]));
    }

    [Fact]
    public void A_piece_that_is_missing_is_told_and_nothing_is_kept()
    {
        Directory.Delete(_folder[$"{Fragments}2"], recursive: true);

        var exception = Assert.Throws<NanoDetException>(Keep);

        Assert.Equal("NDB9009", exception.Diagnostic.Code);
        Assert.Equal(_folder[Primary], exception.Diagnostic.Location?.File);
        Assert.Equal(["kept.lock", "packages"], Directory.EnumerateFileSystemEntries(_folder.FullPath).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void What_a_killed_build_left_is_removed()
    {
        _folder.Write("kept.part/half", "");

        Keep();

        Assert.Equal(["libtorch_cuda.so"], Directory.EnumerateFiles(_folder["kept"]).Select(Path.GetFileName));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_told()
    {
        _folder.Write("kept", "a file");

        var exception = Assert.Throws<NanoDetException>(Keep);

        Assert.Equal("NDB9008", exception.Diagnostic.Code);
    }

    public void Dispose() => _folder.Dispose();

    private void Keep() => new KeptLibraries(_folder["kept"]).Keep([new PackagedLibrary(_folder[Primary], Native)], _lines.Add, TestContext.Current.CancellationToken);
}
