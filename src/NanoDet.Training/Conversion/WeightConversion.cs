using System.Collections.Immutable;
using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Export;
using NanoDet.Training.Export.Ncnn;
using NanoDet.Training.Native;
using NanoDet.Training.Weights;

namespace NanoDet.Training.Conversion;

/// <summary>
/// Converts the weights of a model from one form into another. Where names alone change, no network is needed; a file for detection
/// has no names of a network, and is made from one, so libtorch builds it.
/// </summary>
public sealed record WeightConversion
{
    /// <summary>The file to read.</summary>
    public required string Input { get; init; }

    /// <summary>The file to write; its extension says the form.</summary>
    public required string Output { get; init; }

    /// <summary>A preset or a configuration file of NanoDet; null to find the preset that fits.</summary>
    public string? Network { get; init; }

    /// <summary>The classes in label order; empty for those that the file names.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    /// <summary>Whether a file for detection has weights of 16 bits.</summary>
    public bool IsHalf { get; init; }

    /// <summary>The form that the extension of a file means; null for none that is written.</summary>
    public static WeightFormat? FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".safetensors" => WeightFormat.Safetensors,
        ".pth" or ".pt" or ".ckpt" => WeightFormat.Torch,
        ".onnx" => WeightFormat.Onnx,
        ".param" => WeightFormat.Ncnn,
        _ => null,
    };

    /// <summary>Reads and writes.</summary>
    /// <exception cref="NanoDetException">The file cannot be read (NDB4100 to NDB4104, NDB4107), is of no known network (NDB4110, NDB4112), has another number of classes (NDB4108), has class names that no model can have (NDB4109) or cannot be converted (NDB4111, NDB5001, NDB5003, NDB5006), or libtorch is missing (NDB9001).</exception>
    /// <exception cref="ArgumentException">The extension of the output is none that is written.</exception>
    public ConvertedWeights Run()
    {
        var format = FormatOf(Output) ?? throw new ArgumentException($"'{Output}' has no known extension", nameof(Output));
        var source = WeightFile.ReadAny(Input);
        if (source.Deployed is null && Network is null && format is WeightFormat.Safetensors or WeightFormat.Torch)
        {
            return new ConvertedWeights(Rename(source, format), null, null);
        }

        LibTorch.Load();
        using var found = NetworkSearch.Find(Input, source, Network, Classes);
        if (format is WeightFormat.Safetensors or WeightFormat.Torch)
        {
            Write(found.Weights, format);
            return new ConvertedWeights(found.Report, found.Name, null);
        }

        Export(found, format);
        return new ConvertedWeights(found.Report, found.Name, found.Input, found.AssumedClasses) { Assumed = found.Assumed };
    }

    /// <summary>Keeps the tensors of the model, of a checkpoint those of its moving average.</summary>
    private WeightReport Rename(WeightSet source, WeightFormat format)
    {
        var prefix = ModelPrefix.Of(source.Tensors.Keys);
        var (tensors, rows) = (new OrderedDictionary<string, WeightTensor>(StringComparer.Ordinal), new List<WeightReportRow>());
        foreach (var (name, tensor) in source.Tensors)
        {
            var isModel = name.StartsWith(prefix, StringComparison.Ordinal);
            if (isModel)
            {
                tensors[name[prefix.Length..]] = tensor;
            }

            rows.Add(isModel
                ? new WeightReportRow(name[prefix.Length..], WeightOutcome.Loaded, prefix.Length > 0 ? $"from {name}" : "")
                : new WeightReportRow(name, WeightOutcome.Skipped, "it is no part of the model"));
        }

        if (tensors.Count == 0)
        {
            throw new NanoDetException(WeightDiagnostics.NoWeights(Input));
        }

        var (names, origin) = ClassNames.Choose(source, Classes, [], "");
        ClassNames.Require(Input, names, origin);
        PredictedClasses.Require(Input, tensors, names, origin);
        var metadata = new Dictionary<string, string>(source.Metadata);
        if (!Classes.IsEmpty)
        {
            metadata[WeightSet.ClassesKey] = ClassNames.ToJson(Classes);
        }

        Write(new WeightSet(tensors, metadata), format);
        return new WeightReport(rows).WithFolded(FoldedStatistics.In(tensors));
    }

    private void Write(WeightSet weights, WeightFormat format)
    {
        if (format == WeightFormat.Torch)
        {
            TorchWriter.Write(Output, weights);
        }
        else
        {
            SafetensorsWriter.Write(Output, weights);
        }
    }

    private void Export(FoundNetwork found, WeightFormat format)
    {
        var whole = OnnxExporter.Export(found.Network, found.Model);
        WrittenNumbers.RequireFinite(Input, whole, IsHalf);
        if (format == WeightFormat.Onnx)
        {
            AtomicFile.Write(Output, IsHalf ? OnnxExporter.Export(found.Network, found.Model, new ExportOptions { Precision = Data.Configuration.ExportPrecision.Half }) : whole);
            return;
        }

        var model = NcnnExporter.Export(found.Network, found.Model, IsHalf);
        AtomicFile.Write(Path.ChangeExtension(Output, ".bin"), model.Bin);
        AtomicFile.Write(Output, Encoding.UTF8.GetBytes(model.Param));
    }
}
