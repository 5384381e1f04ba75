using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NanoDet.Pipeline.Reports;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Reports;

/// <summary>Lets axe, the usual checker of accessibility, look at the report in a real browser.</summary>
public sealed partial class ReportAccessibilityTests : IDisposable
{
    private const string Axe = "axe-core@4.10.3";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("light", "1")]
    [InlineData("dark", "0")]
    public async Task Axe_finds_nothing_serious(string name, string scheme)
    {
        var browser = OnPath("chromium", "chromium-browser", "google-chrome");
        var npm = OnPath("npm");
        Assert.SkipWhen(browser is null || npm is null, "this machine has no Chromium or no npm");
        var (code, installed) = await RunAsync(npm!, "install", "--prefix", _folder.FullPath, "--no-audit", "--no-fund", Axe);
        Assert.SkipUnless(code == 0, $"npm cannot install {Axe}: {installed}");

        // The page forbids every script; the copy that is looked at allows this one.
        var page = Encoding.UTF8.GetString(ReportPage.Of(TestReports.Full(["bolt", "<nut>", "washer", "screw"], TinyPng.Bytes(1))));
        var axe = await File.ReadAllTextAsync(_folder["node_modules/axe-core/axe.min.js"], TestContext.Current.CancellationToken);
        const string Run = "document.querySelectorAll('details').forEach(e => e.open = true); axe.run().then(r => { const p = document.createElement('pre'); p.id = 'axe'; p.textContent = JSON.stringify({ passes: r.passes.length, violations: r.violations.map(v => [v.impact, v.id, v.nodes[0].html]) }); document.body.append(p); });";
        _folder.Write("page.html", Policy().Replace(page, "").Replace("</body>", $"<script>{axe}</script><script>{Run}</script></body>", StringComparison.Ordinal));
        var (_, dom) = await RunAsync(
            browser!, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", $"--blink-settings=preferredColorScheme={scheme}",
            "--virtual-time-budget=60000", $"--user-data-dir={_folder["browser"]}", "--dump-dom", new Uri(_folder["page.html"]).AbsoluteUri);

        var found = Found().Match(dom);
        Assert.True(found.Success, $"{name}: axe did not finish");
        var result = JsonDocument.Parse(WebUtility.HtmlDecode(found.Groups[1].Value)).RootElement;
        Assert.True(result.GetProperty("passes").GetInt32() > 15, result.ToString());
        Assert.DoesNotContain(result.GetProperty("violations").EnumerateArray(), violation => violation[0].GetString() is "serious" or "critical");
    }

    private static string? OnPath(params string[] names)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).SelectMany(_ => names, (folder, name) => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, process.ExitCode == 0 ? output : output + await errors);
    }

    [GeneratedRegex("<meta http-equiv[^>]*>")]
    private static partial Regex Policy();

    [GeneratedRegex("<pre id=\"axe\">(.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Found();
}
