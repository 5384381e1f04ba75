using Microsoft.ML.OnnxRuntime;

namespace NanoDet.Detection.Inference;

/// <summary>
/// Bounds what ONNX Runtime may reserve. A few bytes of a file can ask for any amount (<c>Expand</c>, <c>ConstantOfShape</c>), at
/// loading time where constants are computed ahead, and when it runs; both end as an error then, and not in a machine that
/// stands still.
/// </summary>
internal static class RuntimeMemory
{
    /// <summary>Most bytes of a constant that is computed ahead: several times the largest weight of any NanoDet.</summary>
    private const int MostOfOneConstant = 64 << 20;

    // All detectors of a process share one arena: NanoDet-Plus-m at 416 takes some 10 MB of it for each picture of a batch.
    private static readonly Lazy<OrtEnv> WithArena = new(RegisterArena);

    /// <summary>Most bytes for intermediate results, of all detectors together: half of what the process may use, at most 4 GB.</summary>
    public static uint MostBytes { get; } = (uint)Math.Min(uint.MaxValue, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);

    /// <summary>Sets the bounds for a session that is about to be opened.</summary>
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
            // The program has registered one with bounds of its own, which serves as well.
        }

        return environment;
    }
}
