using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;
using Error = Microsoft.Build.Logging.StructuredLogger.Error;
using Warning = Microsoft.Build.Logging.StructuredLogger.Warning;

namespace NanoDet.Build.Tests;

/// <summary>Errors and warnings as MSBuild, editors and people see them.</summary>
public sealed class DiagnosticTests(PackageFeed feed)
{
    [Fact]
    public async Task A_broken_label_is_an_error_at_its_place_until_it_is_mended()
    {
        using var project = BuildProject.OfSdk(feed);
        TinyVoc.Write(project.Folder, 6);
        var xml = project.Folder.Write("annotations/img2.xml", "<annotation>\n  <object></objekt>\n</annotation>");
        for (var i = 0; i < 2; i++)
        {
            var broken = await project.BuildAsync();
            Assert.NotEqual(0, broken.ExitCode);
            var error = Assert.Single(broken.Diagnostics.OfType<Error>());
            Assert.Equal((xml, "NDB1001", 2), (error.File, error.Code, error.LineNumber));
            Assert.Contains($"{xml}(2,", broken.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", broken.Output, StringComparison.Ordinal);
        }

        project.Folder.Write("annotations/img2.xml", TinyVoc.Xml("img2.png", "bolt"));
        await project.ExpectStagesAsync("split convert");
    }

    [Fact]
    public async Task Warnings_obey_the_properties_that_rule_over_the_compilers_warnings()
    {
        using var project = BuildProject.OfSdk(feed);
        TinyVoc.Write(project.Folder, 6);
        project.Folder.Write("annotations/img2.xml", TinyVoc.Xml("img2.png", "bolt", left: 30));

        var plain = await project.BuildAsync();
        Assert.True(plain.ExitCode == 0, plain.Output);
        Assert.Contains(plain.Diagnostics, diagnostic => diagnostic is Warning { Code: "NDB1030" });
        Assert.Empty((await project.BuildAsync("-p:NoWarn=NDB1030%3BNDB1041")).Diagnostics);
        Assert.Contains((await Failing("-p:WarningsAsErrors=NDB1030")).Diagnostics, diagnostic => diagnostic is Error { Code: "NDB1030" });
        Assert.Contains((await Failing("-p:TreatWarningsAsErrors=true")).Diagnostics, diagnostic => diagnostic is Error { Code: "NDB1030" });
        var spared = await project.BuildAsync("-p:TreatWarningsAsErrors=true", "-p:WarningsNotAsErrors=NDB1030%3BNDB1041");
        Assert.True(spared.ExitCode == 0, spared.Output);

        async Task<BuildOutcome> Failing(string argument)
        {
            var outcome = await project.BuildAsync(argument);
            Assert.NotEqual(0, outcome.ExitCode);
            return outcome;
        }
    }

    [Fact]
    public async Task A_warning_that_comes_a_thousand_times_does_not_fill_the_log()
    {
        using var project = BuildProject.OfSdk(feed);
        TinyVoc.Write(project.Folder, 40);
        for (var i = 0; i < 40; i++)
        {
            project.Folder.Write($"annotations/img{i}.xml", TinyVoc.Xml($"img{i}.png", "bolt", left: 30));
        }

        var told = (await project.BuildAsync()).Diagnostics.Where(diagnostic => diagnostic.Code == "NDB1030").ToArray();
        Assert.Equal(21, told.Length);
        Assert.Contains(told, diagnostic => diagnostic.Text.StartsWith("Only 20 of 40 messages with this code are shown; ", StringComparison.Ordinal));
        Assert.Equal(40, project.Plan().GetProperty("problems").EnumerateArray().Count(problem => problem.GetProperty("code").GetString() == "NDB1030"));
        Assert.DoesNotContain((await project.BuildAsync("-p:NoWarn=NDB1030")).Diagnostics, diagnostic => diagnostic.Code == "NDB1030");
    }

    [Fact]
    public async Task Each_warning_links_to_its_page_in_the_package()
    {
        using var project = BuildProject.OfSdk(feed);
        TinyVoc.Write(project.Folder, 6);
        project.Folder.Write("annotations/img2.xml", TinyVoc.Xml("img2.png", "bolt", left: 30));
        await project.BuildAsync(HelpLinkLogger.Argument(project.Folder["links.txt"]));

        var lines = await File.ReadAllLinesAsync(project.Folder["links.txt"], TestContext.Current.CancellationToken);
        var link = Assert.Single(lines, line => line.StartsWith("NDB1030 ", StringComparison.Ordinal)).Split(' ')[1];
        Assert.StartsWith("# NDB1030", await File.ReadAllTextAsync(new Uri(link).LocalPath, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_properties_and_items_are_told_at_the_project()
    {
        using var project = BuildProject.OfSdk(feed);
        var empty = await project.BuildAsync();
        Assert.Contains(empty.Diagnostics, diagnostic => diagnostic is Error { Code: "NDB3052" });

        TinyVoc.Write(project.Folder, 4);
        Assert.Contains((await project.BuildAsync("-p:NanoDetValidationSplit=0%2C2")).Diagnostics, diagnostic => diagnostic is Error { Code: "NDB3050" });
        project.Folder.Write("Model.proj", BuildProject.SdkProject("<ItemGroup>\n<NanoDetImage Update=\"images/img1.png\" Split=\"valid\" />\n</ItemGroup>"));
        Assert.Contains((await project.BuildAsync()).Diagnostics, diagnostic => diagnostic is Error { Code: "NDB3051" });
        project.Folder.Write("Model.proj", BuildProject.SdkProject("<ItemGroup><NanoDetImage Include=\"images/ghost.png\" /></ItemGroup>"));
        Assert.Contains((await project.BuildAsync()).Diagnostics, diagnostic => diagnostic is Error { Code: "NDB3053" });
    }
}
