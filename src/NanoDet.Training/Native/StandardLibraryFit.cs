using System.Buffers.Binary;
using System.Collections.Immutable;

namespace NanoDet.Training.Native;

/// <summary>
/// Adapts a library that was linked against a newer C++ standard library to the one of this system. TorchSharp's native
/// library needs <c>GLIBCXX_3.4.32</c> (GCC 13.2) for a symbol that it never calls, and a newer version of
/// <c>std::condition_variable::wait</c>, which older systems have with an older version. The dynamic loader refuses the
/// whole file for either reason. So a missing version becomes a weak need, and a symbol with that version is bound to the
/// newest version of the symbol on this system.
/// </summary>
internal static class StandardLibraryFit
{
    private const string StandardLibrary = "libstdc++.so.6";
    private const ushort WeakNeed = 2; // VER_FLG_WEAK

    /// <summary>Returns the library's bytes with adapted version needs; null if it fits without changes.</summary>
    /// <param name="library">The shipped library; not changed.</param>
    /// <param name="standardLibrary">The system's C++ standard library.</param>
    /// <exception cref="InvalidDataException">One of the files is not an ELF library.</exception>
    public static byte[]? Fit(byte[] library, ElfFile standardLibrary) => Fit(library, Offers(standardLibrary));

    /// <summary>As above, with the versions of the standard library already read.</summary>
    /// <param name="library">The shipped library; not changed.</param>
    /// <param name="offers">For each version that the standard library defines, the names of its symbols.</param>
    public static byte[]? Fit(byte[] library, ImmutableDictionary<string, ImmutableHashSet<string>> offers)
    {
        var file = new ElfFile(library);
        var needs = file.VersionNeeds().Where(need => need.Library == StandardLibrary).ToList();
        var missing = needs.Where(need => !offers.ContainsKey(need.Version)).ToDictionary(need => need.Index);
        if (missing.Count == 0)
        {
            return null;
        }

        var fitted = library.AsSpan().ToArray();
        foreach (var need in missing.Values)
        {
            var flags = fitted.AsSpan(need.FlagsOffset);
            BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | WeakNeed));
        }

        foreach (var symbol in file.Symbols().Where(symbol => !symbol.IsDefined && missing.ContainsKey(symbol.VersionIndex)))
        {
            var known = needs.Where(need => offers.TryGetValue(need.Version, out var symbols) && symbols.Contains(symbol.Name)).ToList();
            if (known.Count > 0)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(fitted.AsSpan(symbol.VersionOffset), (ushort)known.MaxBy(Age)!.Index);
            }
        }

        return fitted;
    }

    /// <summary>For each version that a library defines, the names of its symbols.</summary>
    public static ImmutableDictionary<string, ImmutableHashSet<string>> Offers(ElfFile library)
    {
        var versions = library.VersionDefinitions();
        var offers = versions.Values.Distinct().ToDictionary(version => version, _ => ImmutableHashSet.CreateBuilder<string>());
        foreach (var symbol in library.Symbols().Where(symbol => symbol.IsDefined))
        {
            if (versions.TryGetValue(symbol.VersionIndex, out var version))
            {
                offers[version].Add(symbol.Name);
            }
        }

        return offers.ToImmutableDictionary(offer => offer.Key, offer => offer.Value.ToImmutable());
    }

    // Versions are compared as numbers, because GLIBCXX_3.4.9 is older than GLIBCXX_3.4.30.
    private static Version Age(VersionNeed need)
        => Version.TryParse(need.Version.AsSpan(need.Version.IndexOf('_') + 1), out var version) ? version : new Version(0, 0);
}
