namespace NanoDet.Pipeline.Store;

/// <summary>A file of a result.</summary>
/// <param name="Name">Its name in the output folder, with forward slashes: <c>export/model.onnx</c>.</param>
/// <param name="Digest">The digest of its content.</param>
public sealed record StoredFile(string Name, BlobDigest Digest)
{
    private const int LongestName = 200;

    /// <summary>
    /// Whether a name is a file below the folder that it is joined to, on every system: no root, drive or stream, no
    /// parent folder, and nothing that Windows would shorten.
    /// </summary>
    public static bool IsSafeName(string name)
        => name.Length is > 0 and <= LongestName
        && !name.Any(letter => char.IsControl(letter) || letter is '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|')
        && name.Split('/').All(part => part.Length > 0 && !part.EndsWith('.') && !part.EndsWith(' '));
}
