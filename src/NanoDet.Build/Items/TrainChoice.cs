namespace NanoDet.Build.Items;

/// <summary>Whether a build may train (<c>NanoDetTrain</c>).</summary>
internal enum TrainChoice
{
    /// <summary>Where the model is neither there nor in the store, it is trained.</summary>
    Always,

    /// <summary>Where the model is neither there nor in the store, the build fails.</summary>
    IfCached,

    /// <summary>The data is checked, split and converted, and no model is made.</summary>
    Never,
}
