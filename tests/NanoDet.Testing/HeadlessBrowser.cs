using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace NanoDet.Testing;

/// <summary>A real browser without a window, which shows our pages; tests are skipped where there is none.</summary>
public static partial class HeadlessBrowser
{
    private const string Axe = "axe-core@4.10.3";
    private const string Run = "document.querySelectorAll('details').forEach(e => e.open = true); axe.run().then(r => { const p = document.createElement('pre'); p.id = 'axe'; p.textContent = JSON.stringify({ passes: r.passes.length, violations: r.violations.map(v => [v.impact, v.id, v.nodes[0].html]) }); document.body.append(p); });";

    /// <summary>Shows a page until its scripts have run.</summary>
    /// <param name="folder">A folder for the browser, and for what it is given.</param>
    /// <param name="page">The file.</param>
    /// <param name="fragment">What stands behind the address, with a number sign.</param>
    /// <param name="isDark">Whether the reader prefers dark pages.</param>
    /// <returns>The page as it is then, and what the browser wrote to its console and log.</returns>
    public static async Task<(string Dom, string Errors)> ShowAsync(TestFolder folder, string page, string fragment = "", bool isDark = false)
    {
        var browser = OnPath("chromium", "chromium-browser", "google-chrome");
        Assert.SkipWhen(browser is null, "there is no Chromium on this machine");
        var (_, output, errors) = await RunAsync(
            browser!, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", $"--blink-settings=preferredColorScheme={(isDark ? 0 : 1)}",
            "--enable-logging=stderr", "--virtual-time-budget=60000", $"--user-data-dir={folder["browser"]}", "--dump-dom", new Uri(folder[page]).AbsoluteUri + fragment);
        return (output, errors);
    }

    /// <summary>Lets axe, the usual checker of accessibility, look at a page, and expects that it finds nothing serious.</summary>
    /// <param name="folder">A folder for the page and for axe.</param>
    /// <param name="html">The page.</param>
    /// <param name="isDark">Whether the reader prefers dark pages.</param>
    public static async Task ExpectAccessibleAsync(TestFolder folder, string html, bool isDark)
    {
        var npm = OnPath("npm");
        Assert.SkipWhen(npm is null, "this machine has no npm");
        var (code, output, errors) = await RunAsync(npm!, "install", "--prefix", folder.FullPath, "--no-audit", "--no-fund", Axe);
        Assert.SkipUnless(code == 0, $"npm cannot install {Axe}: {output}{errors}");

        // Pages forbid the scripts of others; the copy that is looked at allows this one.
        var axe = await File.ReadAllTextAsync(folder["node_modules/axe-core/axe.min.js"], TestContext.Current.CancellationToken);
        folder.Write("axe.html", Policy().Replace(html, "").Replace("</body>", $"<script>{axe}</script><script>{Run}</script></body>", StringComparison.Ordinal));
        var (dom, _) = await ShowAsync(folder, "axe.html", isDark: isDark);
        var found = Found().Match(dom);
        Assert.True(found.Success, "axe did not finish");
        var result = JsonDocument.Parse(WebUtility.HtmlDecode(found.Groups[1].Value)).RootElement;
        Assert.True(result.GetProperty("passes").GetInt32() > 15, result.ToString());
        Assert.DoesNotContain(result.GetProperty("violations").EnumerateArray(), violation => violation[0].GetString() is "serious" or "critical");
    }

    private static string? OnPath(params string[] names)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).SelectMany(_ => names, (folder, name) => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await errors);
    }

    [GeneratedRegex("<meta http-equiv[^>]*>")]
    private static partial Regex Policy();

    [GeneratedRegex("<pre id=\"axe\">(.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Found();
}
