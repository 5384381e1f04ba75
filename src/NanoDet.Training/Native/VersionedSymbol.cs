namespace NanoDet.Training.Native;

/// <summary>A dynamic symbol of an ELF library.</summary>
/// <param name="Name">Its mangled name.</param>
/// <param name="VersionIndex">Index of its version need or definition.</param>
/// <param name="IsDefined">Whether the library defines it, rather than needs it.</param>
/// <param name="VersionOffset">Offset of its two bytes of version index in the file.</param>
internal readonly record struct VersionedSymbol(string Name, int VersionIndex, bool IsDefined, int VersionOffset);
