using NetVips;

namespace NanoDet.Imaging;

/// <summary>Configures libvips for this process.</summary>
internal static class LibVips
{
    // A delegate for native code must be kept alive.
    private static readonly Log.LogDelegate Silence = (_, _, _) => { };

    static LibVips()
    {
        // Images are already processed in parallel, and no call is repeated with the same pixels.
        (NetVips.NetVips.Concurrency, Cache.Max) = (1, 0);
        // Problems of an image are reported as a diagnostic, not as a line of libvips on standard error.
        _ = Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, Silence);
    }

    /// <summary>Configures libvips at the first call; call it before libvips is used.</summary>
    public static void Prepare()
    {
        // The static constructor does this, once for all threads.
    }
}
