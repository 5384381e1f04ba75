using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using NanoDet.Testing;

namespace NanoDet.Build.Tests.Infrastructure;

/// <summary>A real nginx, configured word by word as docs/store.md says, but for the port and the folder.</summary>
internal sealed class WebDavServer : IAsyncDisposable
{
    private static readonly string? Nginx = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
        .Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, "nginx")).FirstOrDefault(File.Exists);

    private readonly TestFolder _folder;
    private readonly Process _process;

    private WebDavServer(TestFolder folder, Process process, string address)
    {
        _folder = folder;
        _process = process;
        Address = address;
    }

    /// <summary>Whether there is an nginx to start.</summary>
    public static bool IsInstalled => Nginx is not null;

    /// <summary>The server's address.</summary>
    public string Address { get; }

    /// <summary>Starts it on a free port.</summary>
    public static async Task<WebDavServer> StartAsync()
    {
        var folder = new TestFolder("nginx");
        Directory.CreateDirectory(folder["data"]);
        var port = FreePort();
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "store.md"));
        var server = text.Split("```nginx\n")[1].Split("```")[0]
            .Replace("8080", $"127.0.0.1:{port}", StringComparison.Ordinal)
            .Replace("/srv/nanodet", folder["data"], StringComparison.Ordinal);
        folder.Write("nginx.conf", $$"""
            daemon off;
            pid nginx.pid;
            error_log stderr;
            events { }
            http {
                access_log off;
                fastcgi_temp_path fastcgi;
                proxy_temp_path proxy;
                scgi_temp_path scgi;
                uwsgi_temp_path uwsgi;
                {{server}}
            }
            """);
        // The user of the workers, where nginx is started by root: it has to reach a folder of this user's.
        string[] arguments = ["-p", folder.FullPath, "-c", folder["nginx.conf"], "-e", "stderr", "-g", $"user {Environment.UserName};"];
        var process = Process.Start(new ProcessStartInfo(Nginx!, arguments) { RedirectStandardError = true })!;
        process.BeginErrorReadLine();
        var started = new WebDavServer(folder, process, $"http://127.0.0.1:{port}/");
        using var client = new HttpClient();
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            Assert.False(process.HasExited, "nginx ended");
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(1), "nginx does not answer");
            try
            {
                using var answer = await client.GetAsync(new Uri(started.Address));
                return started;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
        }
    }

    /// <summary>The files that it keeps of a kind, <c>ac</c> or <c>cas</c>.</summary>
    public List<string> Files(string kind) => [.. Directory.EnumerateFiles(_folder[$"data/{kind}"])];

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
