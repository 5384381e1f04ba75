namespace NanoDet.Pipeline.Requests;

/// <summary>What the worker can be asked to do; the verb that stands for a stage is the stage's name.</summary>
public static class WorkerVerb
{
    /// <summary>Writes augmented copies (<see cref="AugmentRequest"/>).</summary>
    public const string Augment = "augment";

    /// <summary>Writes a page and sheets to look at (<see cref="PreviewRequest"/>).</summary>
    public const string Preview = "preview";

    /// <summary>Trains (<see cref="TrainRequest"/>).</summary>
    public const string Train = "train";

    /// <summary>Writes the trained network as ONNX (<see cref="ExportRequest"/>).</summary>
    public const string Export = "export";

    /// <summary>Judges an ONNX file (<see cref="EvaluationRequest"/>).</summary>
    public const string Evaluate = "evaluate";

    /// <summary>Compares labels with what models find (<see cref="LintRequest"/>).</summary>
    public const string Lint = "lint";

    /// <summary>Writes a page of what was found (<see cref="FindingsRequest"/>).</summary>
    public const string Findings = "findings";

    /// <summary>Stands behind the request: the end of standard input is the end of whoever started the worker.</summary>
    public const string Attached = "--attached";
}
