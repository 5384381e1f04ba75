namespace NanoDet.Pipeline.Incremental;

/// <summary>How a project trains after its data changed (<c>NanoDetIncremental</c>).</summary>
public enum IncrementalPolicy
{
    /// <summary>Continues from the last model if little changed, and otherwise starts a new training.</summary>
    Auto,

    /// <summary>Always starts a new training: the model depends only on the inputs.</summary>
    Scratch,

    /// <summary>Always continues from the last model, however much changed.</summary>
    FineTune,

    /// <summary>Does not train: keeps the last model and warns that the data changed.</summary>
    Never,
}
