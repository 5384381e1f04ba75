using System.Collections.Concurrent;
using System.Text;
using NanoDet.Data.Files;

namespace NanoDet.Vision.Images;

/// <summary>
/// The contents that this version is known to decode, in a file, so that each is decoded once to see whether it is damaged. A file
/// that is missing, damaged or cannot be written costs time and nothing else.
/// </summary>
public sealed class DecodedPictures
{
    // One that decodes differently has another version number.
    private static readonly string FirstLine = $"decoded by {typeof(DecodedPictures).Assembly.GetName().Version}";

    private readonly ConcurrentDictionary<string, byte> _hashes;
    private readonly string? _file;

    private DecodedPictures(string? file, IEnumerable<string> hashes)
        => (_file, _hashes) = (file, new(hashes.Select(hash => KeyValuePair.Create(hash, (byte)0)), StringComparer.Ordinal));

    /// <summary>Reads the file.</summary>
    /// <param name="file">The file; null to remember nothing.</param>
    public static DecodedPictures Open(string? file)
    {
        try
        {
            return File.Exists(file) && File.ReadAllLines(file) is [var first, .. var hashes] && first == FirstLine
                ? new(file, hashes)
                : new(file, []);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(file, []);
        }
    }

    /// <summary>Whether a content is known to decode.</summary>
    /// <param name="contentHash">SHA-256 of the file, lower-case hexadecimal.</param>
    public bool Contains(string contentHash) => _hashes.ContainsKey(contentHash);

    /// <summary>Adds a content that was decoded, or that an encoder of ours wrote. Many threads may do so at the same time.</summary>
    /// <param name="contentHash">SHA-256 of the file, lower-case hexadecimal.</param>
    public void Add(string contentHash) => _hashes.TryAdd(contentHash, 0);

    /// <summary>Writes the file.</summary>
    public void Save()
    {
        if (_file is null)
        {
            return;
        }

        var text = new StringBuilder(FirstLine).Append('\n');
        foreach (var hash in _hashes.Keys.Order(StringComparer.Ordinal))
        {
            text.Append(hash).Append('\n');
        }

        try
        {
            AtomicFile.WriteIfDifferent(_file, Encoding.ASCII.GetBytes(text.ToString()));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // They are decoded again the next time.
        }
    }
}
