using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using CsCheck;
using NanoDet.Training.Native;

namespace NanoDet.Training.Tests.Native;

/// <summary>Drives the fit with TorchSharp's real library and the real C++ library of this system.</summary>
public class StandardLibraryFitTests
{
    private const string Wait = "_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE";

    [Fact]
    public void A_system_that_has_every_version_takes_the_library_as_it_is()
    {
        var library = Shipped();
        var everything = new ElfFile(library).VersionNeeds()
            .ToImmutableDictionary(need => need.Version, _ => ImmutableHashSet<string>.Empty);

        Assert.Null(StandardLibraryFit.Fit(library, everything));
    }

    [Fact]
    public void A_version_that_the_system_lacks_becomes_weak_and_nothing_else_changes()
    {
        var library = Shipped();
        var fitted = StandardLibraryFit.Fit(library, OffersBefore(new Version(3, 4, 31)));

        Assert.NotNull(fitted);
        var changed = Enumerable.Range(0, library.Length).Where(i => library[i] != fitted[i]).ToList();
        var need = new ElfFile(library).VersionNeeds().Single(need => need.Version == "GLIBCXX_3.4.32");
        Assert.Equal([need.FlagsOffset], changed);
        Assert.Equal(2, fitted[need.FlagsOffset]);
    }

    [Fact]
    public void A_function_that_is_called_is_bound_to_the_newest_version_the_system_has_it_in()
    {
        // RHEL 9 has GCC 11's library, one step older than the one that moved condition_variable::wait.
        var fitted = StandardLibraryFit.Fit(Shipped(), OffersBefore(new Version(3, 4, 30)))!;

        var file = new ElfFile(fitted);
        var version = file.Symbols().Single(symbol => symbol.Name == Wait).VersionIndex;
        Assert.Equal("GLIBCXX_3.4.11", file.VersionNeeds().Single(need => need.Index == version).Version);
    }

    [Fact]
    public void A_library_fitted_to_an_older_system_still_loads_here()
    {
        using var folder = new Testing.TestFolder();
        LibTorch.Load();
        // Another soname, or the loader would answer with the library that it has already.
        var fitted = StandardLibraryFit.Fit(Shipped(), OffersBefore(new Version(3, 4, 30)))!;
        var name = fitted.AsSpan().LastIndexOf("libLibTorchSharp.so\0"u8);
        "XibLibTorchSharp.so"u8.CopyTo(fitted.AsSpan(name));
        File.WriteAllBytes(folder["fitted.so"], fitted);

        var handle = NativeLibrary.Load(folder["fitted.so"]);

        Assert.NotEqual(0, NativeLibrary.GetExport(handle, "THSTensor_new"));
    }

    [Fact]
    public void A_broken_file_is_refused_and_never_read_beyond_its_end()
    {
        var library = Shipped();
        var table = (int)BitConverter.ToUInt64(library, 40);
        var dynamic = new ElfFile(library).VersionNeeds().Min(need => need.FlagsOffset) & ~0xfff;
        Gen.Select(Gen.OneOf(Gen.Int[0, 63], Gen.Int[table, library.Length - 1], Gen.Int[dynamic, dynamic + 0x2000]), Gen.Byte)
            .List[1, 8].Sample(
                changes =>
                {
                    var broken = library.AsSpan().ToArray();
                    changes.ForEach(change => broken[change.Item1] = change.Item2);
                    try
                    {
                        var file = new ElfFile(broken);
                        return file.VersionNeeds().Count() + file.Symbols().Count() + file.VersionDefinitions().Count >= 0;
                    }
                    catch (InvalidDataException)
                    {
                        return true;
                    }
                },
                iter: 200);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(100_000)]
    [InlineData(2_000_000)]
    public void A_truncated_file_is_refused(int length)
        => Assert.Throws<InvalidDataException>(() => new ElfFile(Shipped()[..length]));

    private static byte[] Shipped()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has symbol versions");
        return File.ReadAllBytes(NativeFolders.TorchSharp().Select(folder => Path.Combine(folder, "libLibTorchSharp.so")).First(File.Exists));
    }

    private static ImmutableDictionary<string, ImmutableHashSet<string>> OffersBefore(Version first)
    {
        LibTorch.Load();
        using var process = Process.GetCurrentProcess();
        var path = process.Modules.Cast<ProcessModule>().First(module => module.ModuleName.StartsWith("libstdc++", StringComparison.Ordinal)).FileName;
        return StandardLibraryFit.Offers(new ElfFile(File.ReadAllBytes(path)))
            .Where(offer => !offer.Key.StartsWith("GLIBCXX_", StringComparison.Ordinal) || Version.Parse(offer.Key[8..]) < first)
            .ToImmutableDictionary();
    }
}
