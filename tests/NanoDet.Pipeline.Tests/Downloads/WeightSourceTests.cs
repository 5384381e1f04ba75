using System.Security.Cryptography;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Downloads;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Downloads;

public sealed class WeightSourceTests : IDisposable
{
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(200_000);
    private readonly TestFolder _folder = new();
    private readonly List<string> _announced = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_fetched_once_for_all_projects_and_mended_where_it_was_damaged()
    {
        using var server = new FileServer(Content);
        var source = Source(server, Content);

        var first = Provide(source, "first");
        Assert.Equal(Content, File.ReadAllBytes(first));
        Assert.Equal([$"downloading {server.Address} to {_folder[$"cache/{source.Hash}"]} (only once)"], _announced);
        Assert.Equal(Content, File.ReadAllBytes(Provide(source, "second")));
        File.WriteAllText(first, "damaged");
        Assert.Equal(Content, File.ReadAllBytes(Provide(source, "first")));
        Assert.Equal(1, server.Requests);

        File.WriteAllText(first, "damaged");
        File.WriteAllText(_folder[$"cache/{source.Hash}"], "damaged");
        Assert.Equal(Content, File.ReadAllBytes(Provide(source, "first")));
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public void Other_bytes_are_refused_and_not_kept()
    {
        using var server = new FileServer(Content);
        var refused = Assert.Throws<NanoDetException>(() => Provide(Source(server, [1]), "first"));
        Assert.Equal("NDB9061", refused.Diagnostic.Code);
        Assert.Contains(ContentHash.Of(Content).ToString(), refused.Diagnostic.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder.FullPath, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(404, null, "the server answers 404")]
    [InlineData(200, 300_000L, "cannot be downloaded")]
    [InlineData(200, 1L << 40, "it is larger than 2147483648 bytes")]
    public void What_goes_wrong_on_the_way_has_a_reason(int status, long? announced, string reason)
    {
        using var server = new FileServer(Content, status, announced);
        var failed = Assert.Throws<NanoDetException>(() => Provide(Source(server, Content), "first"));
        Assert.Equal("NDB9060", failed.Diagnostic.Code);
        Assert.Contains(reason, failed.Diagnostic.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder.FullPath, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://127.0.0.1:99999/")]
    [InlineData("http://127.0.0.1:0/")]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("gopher://127.0.0.1/")]
    [InlineData("http://")]
    [InlineData("http://[::1")]
    [InlineData("//")]
    [InlineData("weights.pth")]
    public void A_server_that_sends_us_somewhere_else_ends_in_a_code(string location)
    {
        using var server = new FileServer([], 302, location: location);
        Assert.Equal("NDB9060", Assert.Throws<NanoDetException>(() => Provide(Source(server, Content), "first")).Diagnostic.Code);
        Assert.Empty(Directory.EnumerateFiles(_folder.FullPath, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_server_that_nobody_runs_is_told_too()
    {
        var server = new FileServer(Content);
        server.Dispose();
        Assert.Equal("NDB9060", Assert.Throws<NanoDetException>(() => Provide(Source(server, Content), "first")).Diagnostic.Code);
    }

    [Fact]
    public void More_bytes_than_are_allowed_are_not_taken_though_nobody_announced_them()
    {
        using var server = new FileServer(Content);
        using var target = new MemoryStream();
        var download = new FileDownload(server.Address, DownloadCredentials.Pretrained, most: Content.Length - 1);
        Assert.Equal("NDB9060", Assert.Throws<NanoDetException>(() => download.Fetch(target, ContentHash.Of(Content), TestContext.Current.CancellationToken)).Diagnostic.Code);
        Assert.True(target.Length < Content.Length);
    }

    [Fact]
    public void A_password_and_a_signature_are_sent_and_never_shown()
    {
        using var server = new FileServer(Content);
        using var failing = new FileServer(Content, 500);
        using var other = new FileServer([1]);
        var source = Source(Secret(server), Content);
        Provide(source, "first");
        Assert.Equal(("/weights.pth?signature=hush", "Basic " + Convert.ToBase64String("me@home:hush"u8)), server.LastRequest);

        string[] told = [.. _announced, Failure(Secret(failing)), Failure(Secret(other)), Failure(new Uri("http://me:hush@localhost:1/w.pth?signature=hush"))];
        Assert.Equal($"downloading {server.Address} to {_folder[$"cache/{source.Hash}"]} (only once)", told[0]);
        Assert.All(told, text => Assert.DoesNotContain("hush", text, StringComparison.Ordinal));

        Uri Secret(FileServer at) => new UriBuilder(at.Address) { UserName = "me%40home", Password = "hush", Query = "signature=hush" }.Uri;

        string Failure(Uri address) => Assert.Throws<NanoDetException>(() => Provide(Source(address, "x"u8.ToArray()), "second")).Diagnostic.ToString();
    }

    [Fact]
    public void A_password_and_a_signature_may_come_from_the_environment()
    {
        using var server = new FileServer(Content);
        try
        {
            Environment.SetEnvironmentVariable(DownloadCredentials.Pretrained.AuthorizationVariable, "Bearer hush");
            Environment.SetEnvironmentVariable(DownloadCredentials.Pretrained.QueryVariable, "signature=hush");
            Provide(Source(new Uri(server.Address + "?download=1"), Content), "first");
            Assert.Equal(("/weights.pth?download=1&signature=hush", "Bearer hush"), server.LastRequest);

            // The server of the backbone's weights is another one.
            File.Delete(_folder[$"cache/{ContentHash.Of(Content)}"]);
            Provide(Source(new Uri(server.Address + "?download=1"), Content) with { Credentials = DownloadCredentials.BackboneWeights }, "second");
            Assert.Equal(("/weights.pth?download=1", ""), (server.LastRequest.Item1, server.LastRequest.Item2 ?? ""));
        }
        finally
        {
            Environment.SetEnvironmentVariable(DownloadCredentials.Pretrained.AuthorizationVariable, null);
            Environment.SetEnvironmentVariable(DownloadCredentials.Pretrained.QueryVariable, null);
        }
    }

    [Theory]
    [InlineData("https://example.org/a.pth", true)]
    [InlineData("http://localhost:81/a.pth", true)]
    [InlineData("http://127.0.0.1/a.pth", true)]
    [InlineData("http://example.org/a.pth", false)]
    [InlineData("http://localhost.example.org/a.pth", false)]
    [InlineData("ftp://example.org/a.pth", false)]
    [InlineData("file:///etc/passwd", false)]
    public void Only_encrypted_or_local_connections_are_made(string address, bool allowed)
        => Assert.Equal(allowed, WeightSource.IsAllowed(new Uri(address)));

    private WeightSource Source(FileServer server, byte[] meant) => Source(server.Address, meant);

    private WeightSource Source(Uri address, byte[] meant) => new(address, ContentHash.Of(meant), _folder["cache"], DownloadCredentials.Pretrained);

    private string Provide(WeightSource source, string project) => source.Provide(_folder[project], _announced.Add, TestContext.Current.CancellationToken);
}
