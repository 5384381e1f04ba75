namespace NanoDet.Training.Native;

/// <summary>A dynamic symbol of an ELF library.</summary>
/// <param name="Name">Its mangled name.</param>
/// <param name="VersionIndex">Index of its version need or definition.</param>
/// <param name="IsDefined">Whether the library offers it, and does not ask for it.</param>
/// <param name="VersionOffset">Place of its two bytes of version index in the file.</param>
internal readonly record struct VersionedSymbol(string Name, int VersionIndex, bool IsDefined, int VersionOffset);
