using NetVips;

namespace NanoDet.Imaging;

/// <summary>How this process uses libvips.</summary>
internal static class LibVips
{
    // A delegate that native code calls must stay alive.
    private static readonly Log.LogDelegate Silence = (_, _, _) => { };

    static LibVips()
    {
        // Pictures run in parallel already, and no call is made twice with the same pixels.
        (NetVips.NetVips.Concurrency, Cache.Max) = (1, 0);
        // What is wrong with a picture is a diagnostic, not a line of libvips on the error stream.
        _ = Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, Silence);
    }

    /// <summary>Sets it, the first time; to be called before libvips is used.</summary>
    public static void Prepare()
    {
        // The static constructor does it, once for all threads.
    }
}
