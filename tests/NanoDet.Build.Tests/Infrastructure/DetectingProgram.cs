namespace NanoDet.Build.Tests.Infrastructure;

/// <summary>A console program beside a model's project, which gets the model by a reference and finds objects with it.</summary>
internal sealed class DetectingProgram
{
    private readonly string _folder;
    private int _builds;

    /// <summary>Writes the program.</summary>
    /// <param name="project">The model's project.</param>
    /// <param name="name">The program's folder, beside the project's.</param>
    /// <param name="reference">The item that brings the model.</param>
    /// <param name="properties">Of the program's project.</param>
    /// <param name="code">Runs after the detections were printed.</param>
    public DetectingProgram(BuildProject project, string name, string reference, string properties = "<TargetFramework>net10.0</TargetFramework>", string code = "")
    {
        _folder = Path.GetFullPath(project.Folder[$"../{name}"]);
        // The native libraries of the running system alone.
        project.Folder.Write($"../{name}/Program.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                {properties}
                <UseCurrentRuntimeIdentifier>true</UseCurrentRuntimeIdentifier>
                <AppendRuntimeIdentifierToOutputPath>false</AppendRuntimeIdentifierToOutputPath>
                <UseAppHost>false</UseAppHost>
                <RootNamespace>Detecting</RootNamespace>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="NanoDet.Detection" Version="1.0.0" />
                {reference}
              </ItemGroup>
            </Project>
            """);
        project.Folder.Write($"../{name}/Program.cs", $$"""
            using System;
            using NanoDet.Detection;

            using var detector = Detector.Load(System.IO.Directory.GetFiles(AppContext.BaseDirectory, "*.onnx")[0], new() { ScoreThreshold = 0 });
            foreach (var found in detector.Detect(args[0]))
            {
                Console.WriteLine($"{detector.Metadata.Classes[found.Label]} {found.Score:R} {found.Box.Left:R} {found.Box.Top:R} {found.Box.Right:R} {found.Box.Bottom:R}");
            }

            {{code}}
            """);
    }

    /// <summary>Path of an entry of the program's folder.</summary>
    public string this[string relative] => Path.Combine(_folder, relative);

    /// <summary>Runs a verb of <c>dotnet</c> that takes MSBuild's arguments, and expects success.</summary>
    public async Task<BuildOutcome> ExpectAsync(string verb, params string[] arguments)
    {
        var log = this[$"build-{_builds++:00}.binlog"];
        var outcome = await new RunningBuild(DotNet.Start(_folder, ["dotnet", verb, "-nologo", $"-bl:{log}", .. arguments]), log).EndAsync();
        Assert.True(outcome.ExitCode == 0, outcome.Output);
        return outcome;
    }

    /// <summary>Starts the program and gives its lines: one a detection.</summary>
    /// <param name="picture">The picture to look at.</param>
    /// <param name="program">The program, in its folder.</param>
    public Task<string[]> DetectAsync(string picture, string program = "bin/Debug/net10.0/Program.dll") => RunAsync(program, picture);

    /// <summary>Starts a program of the folder, or <c>dotnet</c>, and gives its lines, of which there must be some.</summary>
    public async Task<string[]> RunAsync(string program, params string[] arguments)
    {
        string[] command = program == "dotnet" ? [program, .. arguments]
            : program.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", program, .. arguments]
            : [this[program], .. arguments];
        var (exitCode, output) = await DotNet.Start(_folder, command).EndAsync();
        Assert.True(exitCode == 0, output);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.NotEmpty(lines);
        return lines;
    }
}
