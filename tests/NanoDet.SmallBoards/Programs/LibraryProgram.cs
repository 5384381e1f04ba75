namespace NanoDet.SmallBoards.Programs;

/// <summary>A program of a user: a project outside this tree that references the package NanoDet.Detection, and publishes for a board.</summary>
internal sealed class LibraryProgram
{
    private readonly string _folder;

    /// <summary>Writes the project.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="feed">The packages.</param>
    public LibraryProgram(string folder, string feed)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "Finder.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="NanoDet.Detection" Version="1.0.0" />
              </ItemGroup>
            </Project>
            """);
        // Beside the sources of the user. The packages folder is its own, for the version stays the same from run to run.
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="feed" value="{feed}" /></packageSources>
              <fallbackPackageFolders><add key="machine" value="{NuGetFolder}" /></fallbackPackageFolders>
              <config><add key="globalPackagesFolder" value="{Path.Combine(folder, "packages")}" /></config>
            </configuration>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), """
            using NanoDet.Detection;

            using var detector = Detector.Load(args[0], new() { ScoreThreshold = double.Parse(args[1]), MaxDetections = 1000 });
            Console.WriteLine("path,frame,seconds,width,height,class,label,score,left,top,right,bottom");
            foreach (var picture in args[2..])
            {
                foreach (var found in detector.Detect(picture))
                {
                    Console.WriteLine($"{picture},,,,,{found.Name},{found.Label},{found.Score:R},{found.Box.Left:R},{found.Box.Top:R},{found.Box.Right:R},{found.Box.Bottom:R}");
                }
            }
            """);
    }

    /// <summary>Publishes the program.</summary>
    /// <param name="output">Gets the files.</param>
    /// <param name="target">The system.</param>
    /// <param name="options">How.</param>
    public void Publish(string output, Target target, params string[] options)
        => HostProgram.Run(_folder, "dotnet", ["publish", "-r", target.RuntimeIdentifier, "-c", "Release", "-o", output, "-nologo", "-v", "q", .. options]);

    private static string NuGetFolder => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
