using Xunit;

namespace NanoDet.Testing;

/// <summary>
/// The reference data that stands beside the checkout as <c>../shared</c> (or where <c>NANODET_SHARED</c> says).
/// It is no part of the product: a test that needs it is skipped, with the reason, where it is absent.
/// </summary>
public static class SharedData
{
    /// <summary>The folder of the data; null where it is absent.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>Path of a file or folder of the shared data; skips the running test where the data is absent.</summary>
    public static string Path(string relative)
    {
        Assert.SkipWhen(Folder is null, "the shared reference data is not there (no ../shared, NANODET_SHARED is not set)");
        return System.IO.Path.Combine(Folder!, relative.Replace('/', System.IO.Path.DirectorySeparatorChar));
    }

    private static string? Find()
    {
        var configured = Environment.GetEnvironmentVariable("NANODET_SHARED");
        var candidate = string.IsNullOrEmpty(configured) ? System.IO.Path.Combine(Repository.Root, "..", "shared") : configured;
        return Directory.Exists(System.IO.Path.Combine(candidate, "golden")) ? System.IO.Path.GetFullPath(candidate) : null;
    }
}
