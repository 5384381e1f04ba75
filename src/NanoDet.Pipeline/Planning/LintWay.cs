namespace NanoDet.Pipeline.Planning;

/// <summary>Which models look at the labels of the training part.</summary>
public enum LintWay
{
    /// <summary>Models that were trained on other images of the part, where it is small enough for that.</summary>
    Folds,

    /// <summary>The exported model, which has seen these labels; for builds that never train.</summary>
    Model,
}
