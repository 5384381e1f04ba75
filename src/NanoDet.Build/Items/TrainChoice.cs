namespace NanoDet.Build.Items;

/// <summary>Whether a build may train (<c>NanoDetTrain</c>).</summary>
internal enum TrainChoice
{
    /// <summary>If neither the output folder nor a store has the model, it is trained.</summary>
    Always,

    /// <summary>If neither the output folder nor a store has the model, the build fails.</summary>
    IfCached,

    /// <summary>The data is checked, split and converted, but no model is built.</summary>
    Never,
}
