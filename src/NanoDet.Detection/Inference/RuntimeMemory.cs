using Microsoft.ML.OnnxRuntime;

namespace NanoDet.Detection.Inference;

/// <summary>
/// Limits the memory of ONNX Runtime. A few bytes in a file can ask for any amount (<c>Expand</c>, <c>ConstantOfShape</c>), both
/// during loading, when constants are folded, and during a run. With the limits this is an error instead of a machine that
/// no longer responds.
/// </summary>
internal static class RuntimeMemory
{
    /// <summary>The largest constant that is folded, in bytes: several times the largest weight of any NanoDet model.</summary>
    private const int MostOfOneConstant = 64 << 20;

    // All detectors of a process share one arena: NanoDet-Plus-m at 416 takes about 10 MB of it for each image of a batch.
    private static readonly Lazy<OrtEnv> WithArena = new(RegisterArena);

    /// <summary>The most bytes for the intermediate results of all detectors together: half of what the process may use, at most 4 GB.</summary>
    public static uint MostBytes { get; } = (uint)Math.Min(uint.MaxValue, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);

    /// <summary>Sets the limits for a session that is about to be opened.</summary>
    public static void Bound(SessionOptions session)
    {
        session.AddSessionConfigEntry("optimization.constant_folding_max_output_size_in_bytes", $"{MostOfOneConstant}");
        _ = WithArena.Value;
        session.AddSessionConfigEntry("session.use_env_allocators", "1");
    }

    private static OrtEnv RegisterArena()
    {
        const int Default = -1;
        var environment = OrtEnv.Instance();
        using var memory = new OrtMemoryInfo(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        using var arena = new OrtArenaCfg(MostBytes, Default, Default, Default);
        try
        {
            environment.CreateAndRegisterAllocator(memory, arena);
        }
        catch (OnnxRuntimeException)
        {
            // The program has registered its own arena with its own limits, which is used instead.
        }

        return environment;
    }
}
