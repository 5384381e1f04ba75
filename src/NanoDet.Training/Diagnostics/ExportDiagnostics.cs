using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Training.Diagnostics;

/// <summary>NDB5xxx: export, quality gate, artifact and package.</summary>
public static class ExportDiagnostics
{
    /// <summary>NDB5001: the network cannot take an input of this size.</summary>
    public static Diagnostic InputSize(int width, int height, int multiple)
        => new("NDB5001", Error, $"An input of {width}x{height} pixels cannot be exported; both sides must be multiples of {multiple}");

    /// <summary>NDB5002: ONNX Runtime does not compute what the trained network computes.</summary>
    public static Diagnostic Disagreement(string path, int batch, double difference, double tolerance)
        => new("NDB5002", Error, FormattableString.Invariant(
            $"The outputs of ONNX Runtime and of the trained network differ by {difference:G3} with a batch size of {batch}, but at most {tolerance:G3} is allowed; the model is not written. The network computes correctly on this machine, so the fault lies in the exported file or in ONNX Runtime: {(tolerance > 0.01 ? "set NanoDetPrecision to Single" : "report this with the binary log (dotnet build -bl)")}"), new SourceLocation(path));

    /// <summary>NDB5003: the weights are not those of the network.</summary>
    public static Diagnostic WeightsDoNotFit(string path, string tensor)
        => new("NDB5003", Error, $"The weights do not fit the configuration: '{tensor}' is missing, or has another shape or other classes", new SourceLocation(path));

    /// <summary>NDB5004: with 8 bits the model computes something else.</summary>
    public static Diagnostic QuantizationDisagreement(string path, double difference, double tolerance)
        => new("NDB5004", Error, FormattableString.Invariant(
            $"With 8 bits the scores on pictures of the training part change by {difference:P0}, but at most {tolerance:P0} is allowed; the model is not written. Set NanoDetPrecision to Single or Half"), new SourceLocation(path));

    /// <summary>NDB5005: an export needs pictures, and there is none.</summary>
    public static Diagnostic NoPictures(string path, string what, string without)
        => new("NDB5005", Error, $"{what} is measured on pictures of the training part, and the training part has none. Set {without}, or give the training part pictures", new SourceLocation(path));

    /// <summary>NDB5006: ncnn has no layer for an operation of the network.</summary>
    public static Diagnostic NotInNcnn(string operation, string node)
        => new("NDB5006", Error, $"'{DiagnosticText.Shorten(node)}', an operation {DiagnosticText.Shorten(operation)} of ONNX, cannot be written for ncnn, so nothing is written; 'nanodet convert-weights' writes the network as .onnx");

    /// <summary>NDB5007: a file with the decoding inside finds something else than the library with the model.</summary>
    public static Diagnostic DetectionsDisagreement(string path, int alone, int total, double tolerance)
        => new("NDB5007", Error, FormattableString.Invariant(
            $"The file with the decoding inside and NanoDet.Detection do not find the same with this model: of {total} detections on pictures of the training part, {alone} are found by one of the two alone, but at most {tolerance:P0} may be; the model is not written. Set NanoDetExportDetections to false, and report this with the binary log (dotnet build -bl)"), new SourceLocation(path));
}
