namespace NanoDet.Tool.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData()]
    [InlineData("nonsense")]
    [InlineData("eval")]
    [InlineData("eval", "--nonsense")]
    public async Task A_command_line_that_makes_no_sense_ends_with_2(params string[] arguments)
    {
        var run = await ToolProcess.RunAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.NotEqual("", run.Error);
    }

    [Theory]
    [InlineData("bench")]
    [InlineData("convert")]
    [InlineData("detect")]
    [InlineData("eval")]
    [InlineData("inspect")]
    public async Task Help_teaches_by_example(string verb)
    {
        var run = await ToolProcess.RunAsync(verb, "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Examples:", run.Output, StringComparison.Ordinal);
        Assert.Contains($"nanodet {verb} ", run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task A_shell_can_ask_for_completions()
    {
        var run = await ToolProcess.RunAsync("[suggest:7]", "eval --");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("--truth", run.Output, StringComparison.Ordinal);
    }
}
