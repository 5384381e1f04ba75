namespace NanoDet.Pipeline.Incremental;

/// <summary>What a project wants when its data changed (<c>NanoDetIncremental</c>).</summary>
public enum IncrementalPolicy
{
    /// <summary>Goes on from the last model where little changed, and trains from scratch where that would be better.</summary>
    Auto,

    /// <summary>Trains from scratch: the model is a function of the inputs alone.</summary>
    Scratch,

    /// <summary>Goes on from the last model, however much changed.</summary>
    FineTune,

    /// <summary>Trains nothing: keeps the last model and says that the data changed.</summary>
    Never,
}
