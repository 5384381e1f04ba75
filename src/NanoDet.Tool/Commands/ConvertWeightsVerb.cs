using System.CommandLine;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Discovery;
using NanoDet.Tool.Diagnostics;
using NanoDet.Tool.Terminal;
using NanoDet.Training.Conversion;

namespace NanoDet.Tool.Commands;

/// <summary><c>nanodet convert-weights</c>: converts weights from one form into another.</summary>
internal sealed class ConvertWeightsVerb : Verb
{
    private readonly Argument<string> _in = new("in") { Description = "The weights: a PyTorch file, safetensors, an ONNX model, or the .param of a model for ncnn with its .bin beside it." };
    private readonly Argument<string> _out = new("out") { Description = "The file to write: .safetensors, .pth, .onnx, or .param, which writes .bin too." };
    private readonly Option<string?> _network = new("--network") { Description = "The network of the weights, and the input size where the file does not say it: a preset or a configuration file (yml). Default: the preset that they fit." };
    private readonly Option<string?> _classes = new("--classes") { Description = "A file with one class name per line, in label order. Default: the classes that the file or the configuration file names, or COCO's if there are 80." };
    private readonly Option<bool> _half = new("--half") { Description = "Write an ONNX model or a model for ncnn with weights of 16 bits." };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace an existing file." };

    /// <summary>Declares the verb.</summary>
    public ConvertWeightsVerb()
        : base("convert-weights", "Converts weights between PyTorch, safetensors, ONNX and ncnn, and says what became of each tensor.")
    {
        Arguments.Add(_in);
        Arguments.Add(_out);
        foreach (var option in new Option[] { _network, _classes, _half, _overwrite })
        {
            Options.Add(option);
        }
    }

    /// <inheritdoc />
    public override IEnumerable<(string Line, string Meaning)> Examples =>
    [
        ("nanodet convert-weights nanodet-plus-m_416_checkpoint.ckpt start.safetensors", "a checkpoint of the original, for NanoDetPretrained"),
        ("nanodet convert-weights Parts.safetensors Parts.param --network nanodet-plus-m_320", "a model of yours for phones"),
        ("nanodet convert-weights nanodet-plus-m_416.onnx start.pth", "an exported model back into weights that the Python project trains"),
    ];

    /// <inheritdoc />
    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (input, output, isHalf) = (parsed.GetRequiredValue(_in), parsed.GetRequiredValue(_out), parsed.GetValue(_half));
        var format = WeightConversion.FormatOf(output) ?? throw new UsageException($"'{output}' must end in .safetensors, .pth, .onnx or .param");
        if (isHalf && format is WeightFormat.Safetensors or WeightFormat.Torch)
        {
            throw new UsageException("--half is for .onnx and .param; weights to train from keep 32 bits");
        }

        foreach (var existing in new[] { output, format == WeightFormat.Ncnn ? Path.ChangeExtension(output, ".bin") : output }.Where(File.Exists))
        {
            if (!parsed.GetValue(_overwrite) || IsSame(existing, input))
            {
                throw new NanoDetException(ToolDiagnostics.FileExists(existing, IsSame(existing, input)));
            }
        }

        var converted = WrittenFile.Write(output, new WeightConversion
        {
            Input = input,
            Output = output,
            Network = parsed.GetValue(_network),
            Classes = parsed.GetValue(_classes) is { } file ? ClassSource.Read(file).Names : [],
            IsHalf = isHalf,
        }.Run);
        var (report, network, model, _) = converted;
        Console.Write(string.Concat(report.ToString().Split('\n').Select(line => $"{PrintedText.Escape(line)}\n")).TrimEnd('\n') + "\n");
        var isFolded = report.FoldedNormalizations > 0 && format is WeightFormat.Safetensors or WeightFormat.Torch;
        var folded = isFolded ? $"{report.FoldedNormalizations} normalisations have no statistics, because an export folded them: a training from {output} begins with a network that detects worse" : null;
        foreach (var line in new[] { network is null ? null : $"network: {network}", model, converted.Assumed, converted.AssumedClasses, folded, report.Summary }.OfType<string>())
        {
            Console.Error.WriteLine(PrintedText.Escape(line));
        }

        return Task.FromResult(ExitCode.Done);
    }

    private static bool IsSame(string a, string b) => string.Equals(Path.GetFullPath(a), Path.GetFullPath(b), StringComparison.OrdinalIgnoreCase);
}
