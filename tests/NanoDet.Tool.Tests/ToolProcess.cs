using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace NanoDet.Tool.Tests;

/// <summary>The tool as people run it: a process with arguments, standard input, two outputs and an exit code.</summary>
internal sealed record ToolProcess(int ExitCode, string Output, string Error)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The built tool, beside the output of these tests.</summary>
    public static readonly string Path = Find();

    /// <summary>Runs the tool to its end.</summary>
    public static Task<ToolProcess> RunAsync(params string[] arguments) => RunInAsync(null, null, arguments);

    /// <summary>Runs the tool in a folder, with lines on its standard input.</summary>
    public static Task<ToolProcess> RunInAsync(string? folder, string? input, params string[] arguments)
        => RunAsync(Start(folder ?? "", [Path, .. arguments]), input);

    /// <summary>Starts the tool, for who wants to talk with it while it runs.</summary>
    public static Process Start(params string[] arguments) => Process.Start(Start("", [Path, .. arguments]))!;

    /// <summary>Runs the tool on a terminal of its own.</summary>
    /// <returns>What the terminal got, control codes included.</returns>
    public static async Task<(int ExitCode, string Output)> RunOnTerminalAsync(params string[] arguments)
    {
        var start = Start("", []);
        start.FileName = "script";
        foreach (var word in (string[])["-qec", $"stty cols 100 rows 40; dotnet {string.Join(' ', arguments.Prepend(Path).Select(word => $"'{word}'"))}", "/dev/null"])
        {
            start.ArgumentList.Add(word);
        }

        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("CI");
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }

    /// <summary>Runs the tool with a variable of the environment set.</summary>
    public static Task<ToolProcess> RunWithAsync(string variable, string value, params string[] arguments)
    {
        var start = Start("", [Path, .. arguments]);
        start.Environment[variable] = value;
        return RunAsync(start, null);
    }

    /// <summary>Runs <c>dotnet</c> itself in a folder, without what the test run's own MSBuild left in the environment.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="environment">Variables to set; null removes one.</param>
    /// <param name="arguments">What follows <c>dotnet</c>.</param>
    public static Task<ToolProcess> RunDotNetAsync(string folder, Dictionary<string, string?> environment, params string[] arguments)
    {
        var start = Start(folder, arguments);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment.Append(new("MSBUILDDISABLENODEREUSE", "1")))
        {
            start.Environment[name] = value;
        }

        return RunAsync(start, null);
    }

    /// <summary>Standard output as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    private static ProcessStartInfo Start(string folder, IEnumerable<string> arguments) => new("dotnet", arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardOutputEncoding = Utf8,
        StandardErrorEncoding = Utf8,
        StandardInputEncoding = Utf8,
        WorkingDirectory = folder,
    };

    private static async Task<ToolProcess> RunAsync(ProcessStartInfo start, string? input)
    {
        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellation);

        // Nothing here is a terminal, so nothing may be coloured.
        Assert.DoesNotContain('\u001b', await output + await error);
        return new ToolProcess(process.ExitCode, await output, await error);
    }

    private static string Find()
    {
        // artifacts/bin/<project>/<configuration>/
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return System.IO.Path.Combine(own.Parent!.Parent!.FullName, "NanoDet.Tool", own.Name, "nanodet.dll");
    }
}
