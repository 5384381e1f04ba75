using System.Text.Json;

namespace NanoDet.SmallBoards.Programs;

/// <summary>
/// .NET on the board, which a user installs there. No package has the program <c>dotnet</c> for Arm; so these are the folders of an
/// installed .NET, with the files of a program that was published with its own .NET, and the executable that the SDK gives to programs.
/// </summary>
internal static class BoardRuntime
{
    /// <summary>Makes the folders.</summary>
    /// <param name="published">A program that has all of .NET beside it.</param>
    /// <param name="runtime">Gets the folders; <c>DOTNET_ROOT</c> of what is to run with them.</param>
    public static void Make(string published, string runtime)
    {
        using var dependencies = JsonDocument.Parse(File.ReadAllText(Directory.GetFiles(published, "*.deps.json").Single()));
        var pack = dependencies.RootElement.GetProperty("targets").EnumerateObject().SelectMany(target => target.Value.EnumerateObject())
            .Single(library => library.Name.StartsWith("runtimepack.Microsoft.NETCore.App.", StringComparison.Ordinal));
        var version = pack.Name.Split('/')[1];
        var shared = Directory.CreateDirectory(Path.Combine(runtime, "shared", "Microsoft.NETCore.App", version)).FullName;
        foreach (var file in pack.Value.GetProperty("runtime").EnumerateObject().Concat(pack.Value.GetProperty("native").EnumerateObject()))
        {
            File.Copy(Path.Combine(published, file.Name), Path.Combine(shared, file.Name));
        }

        // The host takes a folder for a framework only if it has this file.
        File.WriteAllText(Path.Combine(shared, "Microsoft.NETCore.App.deps.json"), $$"""
            {
              "runtimeTarget": { "name": ".NETCoreApp,Version=v10.0/{{Target.Board}}" },
              "targets": { ".NETCoreApp,Version=v10.0/{{Target.Board}}": { "{{pack.Name}}": {{pack.Value}} } },
              "libraries": { "{{pack.Name}}": { "type": "package", "serviceable": true, "sha512": "" } }
            }
            """);
        var host = Directory.CreateDirectory(Path.Combine(runtime, "host", "fxr", version)).FullName;
        File.Move(Path.Combine(shared, "libhostfxr.so"), Path.Combine(host, "libhostfxr.so"));
    }

    /// <summary>Makes the executable that starts the tool's <c>nanodet.dll</c>, as <c>dotnet</c> would.</summary>
    /// <param name="work">A folder for the project that it comes from.</param>
    /// <param name="tool">The folder of the tool.</param>
    public static void MakeStarter(string work, string tool)
    {
        Directory.CreateDirectory(work);
        File.WriteAllText(Path.Combine(work, "nanodet.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>
            """);
        File.WriteAllText(Path.Combine(work, "Program.cs"), "return 0;");
        HostProgram.Run(work, "dotnet", "build", "-r", Target.Board.RuntimeIdentifier, "--no-self-contained", "-o", "built", "-nologo", "-v", "q");
        File.Copy(Path.Combine(work, "built", "nanodet"), Path.Combine(tool, "nanodet"));
    }
}
