using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace NanoDet.Tool.Tests;

/// <summary>The tool as people run it: a process with arguments, standard input, two outputs and an exit code.</summary>
internal sealed record ToolProcess(int ExitCode, string Output, string Error)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The built tool, beside the output of these tests.</summary>
    private static readonly string Path = Find();

    /// <summary>Runs the tool to its end.</summary>
    public static Task<ToolProcess> RunAsync(params string[] arguments) => RunInAsync(null, null, arguments);

    /// <summary>Runs the tool in a folder, with lines on its standard input.</summary>
    public static Task<ToolProcess> RunInAsync(string? folder, string? input, params string[] arguments)
        => RunAsync(Start(arguments, folder), input);

    /// <summary>Runs the tool with a variable of the environment set.</summary>
    public static Task<ToolProcess> RunWithAsync(string variable, string value, params string[] arguments)
    {
        var start = Start(arguments, null);
        start.Environment[variable] = value;
        return RunAsync(start, null);
    }

    /// <summary>Standard output as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    private static ProcessStartInfo Start(IEnumerable<string> arguments, string? folder) => new("dotnet", [Path, .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardOutputEncoding = Utf8,
        StandardErrorEncoding = Utf8,
        StandardInputEncoding = Utf8,
        WorkingDirectory = folder ?? "",
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
        return new ToolProcess(process.ExitCode, await output, await error);
    }

    private static string Find()
    {
        // artifacts/bin/<project>/<configuration>/
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return System.IO.Path.Combine(own.Parent!.Parent!.FullName, "NanoDet.Tool", own.Name, "nanodet.dll");
    }
}
