namespace NanoDet.Cuda.Processes;

/// <summary>What this program is asked for by itself.</summary>
internal static class InnerVerb
{
    /// <summary>Loads libtorch and tells what it is.</summary>
    public const string Load = "load";

    /// <summary>Compares networks with the original's.</summary>
    public const string Golden = "golden";

    /// <summary>Trains as the worker does.</summary>
    public const string Train = "train";
}
