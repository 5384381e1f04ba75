using System.Text.RegularExpressions;
using System.Xml.Linq;
using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;
using Error = Microsoft.Build.Logging.StructuredLogger.Error;
using Warning = Microsoft.Build.Logging.StructuredLogger.Warning;

namespace NanoDet.Build.Tests;

/// <summary>Errors and warnings as MSBuild, editors and people see them.</summary>
public sealed class DiagnosticTests(PackageFeed feed, CheckedProject project) : IClassFixture<CheckedProject>
{
    /// <summary>A restored project, for tests that only look at what it is told.</summary>
    private Task<BuildProject> Checked => project.GetAsync(feed);

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
    public async Task A_task_that_fails_for_no_reason_it_knows_has_a_code_and_its_stack_is_in_the_detailed_log()
    {
        using var project = BuildProject.OfSdk(feed);
        TinyVoc.Write(project.Folder, 4);
        project.Folder.Write("Directory.Build.targets", """
            <Project>
              <Target Name="Call">
                <ConvertDataset ProjectFile="$(MSBuildProjectFullPath)" ProjectFolder="$(MSBuildProjectDirectory)" OutputFolder="obj/nanodet" PlannedStages="another" />
              </Target>
            </Project>
            """);

        var failed = await project.BuildAsync("-t:Call");

        Assert.NotEqual(0, failed.ExitCode);
        Assert.Equal("NDB9070", Assert.Single(failed.Diagnostics.OfType<Error>()).Code);
        Assert.DoesNotContain("   at NanoDet", failed.Output, StringComparison.Ordinal);
        Assert.Contains(failed.Messages, message => message.Contains("   at NanoDet.Build.Tasks.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Warnings_obey_the_properties_that_rule_over_the_compilers_warnings()
    {
        using var project = BuildProject.OfSdk(feed);
        TinyVoc.Write(project.Folder, 6);
        project.Folder.Write("annotations/img2.xml", TinyVoc.Xml("img2.png", "bolt", left: 30));

        var plain = await project.BuildAsync();
        Assert.True(plain.ExitCode == 0, plain.Output);
        Assert.All(plain.Diagnostics.Where(diagnostic => diagnostic.Code == "NDB1041"), diagnostic => Assert.StartsWith(project.Folder["annotations"], diagnostic.File, StringComparison.Ordinal));
        Assert.Contains(plain.Diagnostics, diagnostic => diagnostic.Code == "NDB1041");
        Assert.Contains(plain.Diagnostics, diagnostic => diagnostic is Warning { Code: "NDB1030" });
        Assert.Empty((await project.BuildAsync("-p:NoWarn=NDB1030%3BNDB1041")).Diagnostics);
        Assert.Contains((await Failing("-p:WarningsAsErrors=NDB1030")).Diagnostics, diagnostic => diagnostic is Error { Code: "NDB1030" });
        Assert.Contains((await Failing("-p:TreatWarningsAsErrors=true")).Diagnostics, diagnostic => diagnostic is Error { Code: "NDB1030" });
        var spared = await project.BuildAsync("-p:TreatWarningsAsErrors=true", "-p:WarningsNotAsErrors=NDB1030%3BNDB1041");
        Assert.True(spared.ExitCode == 0, spared.Output);
        foreach (var property in new[] { "NoWarn", "MSBuildWarningsAsMessages" })
        {
            var silent = await project.BuildAsync("-p:TreatWarningsAsErrors=true", $"-p:{property}=NDB1030%3BNDB1041");
            Assert.True(silent.ExitCode == 0, silent.Output);
            Assert.Empty(silent.Diagnostics);
        }

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
    public async Task Names_of_files_and_classes_give_no_orders_to_a_build_server()
    {
        using var project = BuildProject.OfSdk(feed);
        TinyVoc.Write(project.Folder, 6);
        foreach (var name in new[] { "a\n##vso[task.setvariable variable=x]y", "b\r\n::error::z", "##vso[task.complete]", "\u001B[2J" })
        {
            File.WriteAllBytes(project.Folder[$"images/{name}.png"], TinyPng.Bytes(name.Length));
        }

        var warned = await project.BuildAsync();
        Assert.True(warned.ExitCode == 0, warned.Output);
        Assert.Equal(4, warned.Diagnostics.Count(diagnostic => diagnostic.Code == "NDB1021"));
        project.Folder.Write("annotations/img2.xml", TinyVoc.Xml("img2.png", "bolt&#10;##vso[task.complete]"));
        var refused = await project.BuildAsync();
        Assert.Equal((project.Folder["annotations/img2.xml"], "NDB1046", 8), Assert.Single(refused.Diagnostics.OfType<Error>().Select(error => (error.File, error.Code, error.LineNumber))));

        foreach (var line in (warned.Output + refused.Output).Split('\n'))
        {
            Assert.DoesNotContain("##vso[", line, StringComparison.Ordinal);
            Assert.DoesNotContain('\u001B', line);
            Assert.False(line.TrimStart().StartsWith("::", StringComparison.Ordinal), line);
        }
    }

    [Fact]
    public void Every_task_is_told_which_warnings_are_errors_and_which_are_none()
    {
        string[] rules = ["TreatWarningsAsErrors", "WarningsNotAsErrors", "SilentWarnings", "DocumentationFolder", "ProjectFile"];
        var calls = Directory.EnumerateFiles(Path.Combine(Repository.Root, "build"), "*.targets").SelectMany(file => XDocument.Load(file).Descendants())
            .Where(element => element.Name.LocalName.StartsWith("NanoDet.Build.Tasks.", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(calls);
        Assert.All(calls, call => Assert.Empty(rules.Where(rule => call.Attribute(rule) is null).Select(rule => $"{call.Name}: {rule}")));
    }

    [Theory]
    [InlineData("NanoDetEnabled=ture")]
    [InlineData("NanoDetEnabled=1")]
    [InlineData(
        "NanoDetEnableDefaultItems=ja", "NanoDetStoreReadOnly=1", "NanoDetLockedMode=1", "NanoDetLockFile=always", "NanoDetModelInfo=ture", "NanoDetPackPreview=flase", "NanoDetReportCurves=svg", "NanoDetTrain= Never",
        "NanoDetLockTimeout=2h", "NanoDetRemoteStoreTimeout=soon", "NanoDetStoreMaxSize=large", "NanoDetRemoteStore=server", "NanoDetThreads=all", "NanoDetSeed=",
        "NanoDetDifficult=easy", "NanoDetOrientation=exif", "NanoDetOutside=keep", "NanoDetUnlabeled=drop", "NanoDetRareClassMinimum=few", "NanoDetValidationSplit=0,2", "NanoDetTestSplit=1",
        "NanoDetAugmentationCopies=-1", "NanoDetDevice=gpu", "NanoDetCudaPackageVersion=../1.0", "NanoDetInstructions=sse", "NanoDetTrainingPrecision=Half", "NanoDetTf32=fast", "NanoDetPrecision=16", "NanoDetExportBatch=3", "NanoDetExportDetections=maybe", "NanoDetIncremental=Sometimes", "NanoDetIncrementalMaximumChange=",
        "NanoDetIncrementalGenerations=1.5", "NanoDetIncrementalTolerance=1%", "NanoDetVerifyTolerance=1%", "NanoDetScoreThreshold=35%", "NanoDetMinimumMap=50", "NanoDetMinimumMap50=0,5", "NanoDetMaximumRegression=-1", "NanoDetLint=perhaps", "NanoDetLintConfidence=0.8",
        "NanoDetModelName=models/parts")]
    [InlineData("NanoDetLockTimeout=-1", "NanoDetModelName=..", "NanoDetEnableDefaultItems=", "NanoDetLockedMode=true ")]
    public async Task Every_switch_and_number_is_checked_before_anything_is_done(params string[] settings)
    {
        var project = await Checked;
        var wrong = await project.RunAsync(
            "msbuild", ["-t:NanoDetBuildModel", "-p:NanoDetIntermediatePath=never-made/", .. settings.Select(setting => $"-p:{setting.Replace("%", "%25", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal)}")]);
        Assert.NotEqual(0, wrong.ExitCode);
        var errors = wrong.Diagnostics.OfType<Error>().ToList();
        Assert.All(errors, error => Assert.Equal(("NDB3050", project.Folder["Model.proj"]), (error.Code, error.File)));
        Assert.Equal(
            settings.Select(setting => setting.Split('=')).Select(setting => $"{setting[0]} is '{setting[1]}', but must be").Order(StringComparer.Ordinal),
            errors.Select(error => error.Text[..(error.Text.IndexOf("must be", StringComparison.Ordinal) + "must be".Length)]).Order(StringComparer.Ordinal));
        Assert.All(errors.Where(error => error.Text.StartsWith("NanoDetTrain ", StringComparison.Ordinal)), error => Assert.EndsWith("; did you mean 'Never'?", error.Text, StringComparison.Ordinal));
        Assert.False(Directory.Exists(project.Folder["never-made"]));
    }

    [Fact]
    public void Each_property_is_checked_or_judged_where_it_is_read()
    {
        string[] elsewhere =
        [
            // Paths, and names of recipes.
            "NanoDetTaskAssembly", "NanoDetWorkerPath", "NanoDetDocumentationFolder", "NanoDetIntermediatePath", "NanoDetStore", "NanoDetClassFile", "NanoDetSplitFile", "NanoDetPreset",
            "NanoDetConfigurationFile", "NanoDetLibTorch", "NanoDetSarif", "NanoDetWeightsFolder", "NanoDetAugmentationPreset", "NanoDetBaseline",
            // What stands over the configuration, and weights.
            "NanoDetEpochs", "NanoDetBatchSize", "NanoDetInputSize", "NanoDetLearningRate", "NanoDetPretrained", "NanoDetPretrainedSha256", "NanoDetBackboneWeights", "NanoDetBackboneWeightsSha256", "NanoDetFreeze", "NanoDetValidationInterval",
            "NanoDetEarlyStopPatience", "NanoDetMaxMinutes", "NanoDetGuidanceEpochs", "NanoDetProgressiveResizing",
            // Free text.
            "NanoDetModelLicense", "NanoDetModelInfoNamespace",
        ];
        var build = Path.Combine(Repository.Root, "build");
        var properties = XDocument.Load(Path.Combine(build, "NanoDet.Build.props")).Root!.Elements("PropertyGroup").Elements()
            .Select(property => property.Name.LocalName).Where(name => name.StartsWith("NanoDet", StringComparison.Ordinal));
        var values = XDocument.Load(Path.Combine(build, "NanoDet.Build.Checks.targets")).Descendants("_NanoDetValue").ToList();
        Assert.Equal(properties.Order(StringComparer.Ordinal), values.Select(value => value.Attribute("Include")!.Value).Concat(elsewhere).Order(StringComparer.Ordinal));
        Assert.All(values, value => Assert.Equal($"$({value.Attribute("Include")!.Value})", value.Attribute("Value")!.Value));
    }

    [Fact]
    public async Task A_name_that_means_nothing_is_told_where_it_stands_with_what_was_meant()
    {
        using var project = BuildProject.OfSdk(feed);
        TinyVoc.Write(project.Folder, 4);
        project.Folder.Write("Model.proj", BuildProject.SdkProject("""

            <PropertyGroup>
              <NanoDetEpoch>3</NanoDetEpoch>
              <nanodetEPOCHS>3</nanodetEPOCHS>
            </PropertyGroup>
            <Import Project="more.props" />
            <ItemGroup Condition="false"><NanoDetImages Include="images/**" /></ItemGroup>
            """));
        project.Folder.Write("more.props", "<Project><PropertyGroup>\n<NanoDetLearnRate>1</NanoDetLearnRate></PropertyGroup></Project>");
        project.Folder.Write("Directory.Build.props", "<Project><PropertyGroup><NanoDetWhatever /></PropertyGroup></Project>");
        Assert.Equal(0, (await project.RunAsync("restore")).ExitCode);
        var build = await project.RunWithAsync("NanoDetStor=here", "msbuild", "-t:NanoDetPlan", "-p:NanoDetPrecison=Half");
        Assert.True(build.ExitCode == 0, build.Output);
        var told = build.Diagnostics.OfType<Warning>().Where(warning => warning.Code == "NDB3071").ToList();
        Assert.Equal(
            [
                ("Directory.Build.props", 1, "NanoDetWhatever", ""), ("Model.proj", 0, "NanoDetPrecison", "NanoDetPrecision"), ("Model.proj", 0, "NanoDetStor", "NanoDetStore"),
                ("Model.proj", 3, "NanoDetEpoch", "NanoDetEpochs"), ("Model.proj", 7, "NanoDetImages", "NanoDetImage"), ("more.props", 2, "NanoDetLearnRate", "NanoDetLearningRate"),
            ],
            told.Select(warning => (Path.GetFileName(warning.File), warning.LineNumber, Word(warning, 0), Word(warning, 1))).Order());
        Assert.DoesNotContain((await project.RunAsync("msbuild", "-t:NanoDetPlan", "-p:NoWarn=NDB3071")).Diagnostics, diagnostic => diagnostic.Code == "NDB3071");

        static string Word(Warning warning, int number) => Regex.Matches(warning.Text, @"NanoDet\w+").Select(match => match.Value).ElementAtOrDefault(number) ?? "";
    }

    [Fact]
    public async Task An_empty_variable_means_what_an_empty_property_means()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "has no empty variables");
        var project = await Checked;
        foreach (var name in new[] { "NanoDetStore", "NanoDetStoreMaxSize" })
        {
            Assert.NotEqual("", (await project.RunWithAsync("Unrelated=1", "msbuild", $"-getProperty:{name}", "-p:NanoDetIntermediatePath=x")).Output.Trim());
            Assert.Equal("", (await project.RunWithAsync($"{name}=", "msbuild", $"-getProperty:{name}")).Output.Trim());
        }
    }

    [Fact]
    public async Task Wrong_properties_and_items_are_told_at_the_project()
    {
        using var project = BuildProject.OfSdk(feed);
        var empty = await project.BuildAsync();
        Assert.Contains(empty.Diagnostics, diagnostic => diagnostic is Error { Code: "NDB3052" });
        using var escaped = BuildProject.OfSdk(feed, folderName: "a%20b");
        Assert.Contains((await escaped.BuildAsync()).Diagnostics, diagnostic => diagnostic is Error { Code: "NDB3052" } && diagnostic.Text.Contains("rename the folder", StringComparison.Ordinal));

        TinyVoc.Write(project.Folder, 4);
        Assert.Contains((await project.BuildAsync("-p:NanoDetValidationSplit=0%2C2")).Diagnostics, diagnostic => diagnostic is Error { Code: "NDB3050" });
        project.Folder.Write("Model.proj", BuildProject.SdkProject("<ItemGroup>\n<NanoDetImage Update=\"images/img1.png\" Split=\"often\" />\n</ItemGroup>"));
        Assert.Contains((await project.BuildAsync()).Diagnostics, diagnostic => diagnostic is Error { Code: "NDB3051" });
        project.Folder.Write("Model.proj", BuildProject.SdkProject("<ItemGroup><NanoDetImage Include=\"images/ghost.png\" /></ItemGroup>"));
        Assert.Contains((await project.BuildAsync()).Diagnostics, diagnostic => diagnostic is Error { Code: "NDB3053" });
    }
}
