namespace NanoDet.Pipeline.Store;

/// <summary>The name and the size of a blob in the store.</summary>
/// <param name="Hash">SHA-256 of its bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Size">Its length in bytes.</param>
public readonly record struct BlobDigest(string Hash, long Size);
