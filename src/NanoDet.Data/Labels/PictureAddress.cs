namespace NanoDet.Data.Labels;

/// <summary>The path of a picture in the address that a tool on the web has for it.</summary>
internal static class PictureAddress
{
    // In Label Studio's addresses, and, in its COCO files, the folder of its server.
    private static readonly string[] Uploads = ["/data/upload/", "/media/upload/"];

    /// <summary>Whether a path is that of a picture that somebody uploaded to Label Studio, whose folders and number are its own.</summary>
    public static bool IsUpload(string path) => Array.Exists(Uploads, upload => path.Replace('\\', '/').Contains(upload, StringComparison.Ordinal));

    /// <summary>
    /// The path: without the address of a server or bucket and what follows a question mark. Label Studio's <c>?d=</c> has the path of a
    /// local file, and the folders of what was uploaded to it (<c>/data/upload/1/</c>) are its own.
    /// </summary>
    /// <param name="address">An address, or a path, which is returned as it is.</param>
    public static string PathOf(string address)
    {
        var path = address.Replace('\\', '/');
        if (path.IndexOf("?d=", StringComparison.Ordinal) is >= 0 and var local)
        {
            path = path[(local + 3)..];
            return Uri.UnescapeDataString(path[..Until(path, '&')]).Replace('\\', '/').TrimStart('/');
        }

        if (path.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme)
        {
            path = path[(scheme + 3)..];
            path = path[..Until(path, '?')];
            path = path[Until(path, '/')..];
        }

        return IsUpload(path) ? path[(path.LastIndexOf('/') + 1)..] : path.TrimStart('/');
    }

    private static int Until(string text, char letter) => text.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var found ? found : text.Length;
}
