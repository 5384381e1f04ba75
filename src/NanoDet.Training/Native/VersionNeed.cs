namespace NanoDet.Training.Native;

/// <summary>A version that an ELF library needs from another one.</summary>
/// <param name="Library">File name of the other library.</param>
/// <param name="Version">Name of the version, such as <c>GLIBCXX_3.4.30</c>.</param>
/// <param name="Index">The index that symbols use for it.</param>
/// <param name="FlagsOffset">Offset of its two bytes of flags in the file.</param>
internal sealed record VersionNeed(string Library, string Version, int Index, int FlagsOffset);
