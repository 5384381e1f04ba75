using NanoDet.SmallBoards.Programs;

namespace NanoDet.SmallBoards.Running;

/// <summary>A command line that runs on both systems, in the folder of the results.</summary>
/// <param name="Name">Its name, that of the files that it leaves.</param>
/// <param name="Program">The folder of the program.</param>
/// <param name="Executable">The program in it.</param>
/// <param name="Arguments">What follows the program.</param>
internal sealed record BoardCommand(string Name, string Program, string Executable, string Arguments)
{
    private const string Model = "../model.onnx";

    /// <summary>The lowest score that is compared: the model's own is 0.35.</summary>
    public const double Score = 0.1;

    /// <summary>Everything that runs.</summary>
    public static IReadOnlyList<BoardCommand> All { get; } =
    [
        Tool("detect", $"detect {Model} ../pictures/*.jpg --score {Score} --max 1000 --format csv --save detect.csv --out detected --quiet"),
        Tool("video", $"detect {Model} ../videos/street.mp4 --frames 6 --score {Score} --max 1000 --format csv --save video.csv --out video.mp4 --quiet"),
        Tool("eval", $"eval {Model} --truth ../labels.json --images ../val2017 --json --quiet"),
        Tool("bench", $"bench {Model} --image ../pictures/dog.jpg --warm-up 1 --loops 5 --json"),
        Tool("bench-1-thread", $"bench {Model} --image ../pictures/dog.jpg --warm-up 1 --loops 5 --threads 1 --json"),
        .. WorkFolder.Forms.Keys.Select(form => new BoardCommand(form, form, "Finder", $"{Model} {Score} ../pictures/*.jpg")),
    ];

    /// <summary>The lines of a script that run it, and keep its output, its exit code and the most memory that it took.</summary>
    /// <param name="target">The system.</param>
    public string Lines(Target target) => $"""
        echo "{Name}"
        /usr/bin/time -q -o {Name}.memory -f %M {Start(target)} {Arguments} > {Name}.txt 2> {Name}.errors
        echo $? > {Name}.exit

        """;

    private string Start(Target target)
        => $"{(Program == "tool" && target == Target.Host ? "dotnet " : "")}../{target}/{Program}/{Executable}{(Program == "tool" && target == Target.Host ? ".dll" : "")}";

    private static BoardCommand Tool(string name, string arguments) => new(name, "tool", "nanodet", arguments);
}
