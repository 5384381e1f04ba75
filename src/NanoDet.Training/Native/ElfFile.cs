using System.Buffers.Binary;
using System.Text;

namespace NanoDet.Training.Native;

/// <summary>
/// The dynamic symbols of a 64-bit little-endian ELF library and the GNU versions they are bound to (System V ABI;
/// LSB Core, symbol versioning). It only reads, checks every offset against the file, and throws
/// <see cref="InvalidDataException"/> for an invalid file.
/// </summary>
internal sealed class ElfFile
{
    private const int HeaderSize = 64;
    private const int SectionHeaderSize = 64;
    private const int SymbolSize = 24;
    private const int MostVersions = 4096; // libstdc++ has about sixty; the chain of a damaged file may be circular
    private const uint DynamicSymbols = 11;
    private const uint VersionDefinitionSection = 0x6ffffffd;
    private const uint VersionNeedSection = 0x6ffffffe;
    private const uint SymbolVersionSection = 0x6fffffff;

    private readonly byte[] _bytes;
    private readonly List<Section> _sections = [];

    /// <summary>Reads the section table.</summary>
    /// <param name="bytes">The whole file.</param>
    public ElfFile(byte[] bytes)
    {
        _bytes = bytes;
        var header = Slice(0, HeaderSize);
        if (!header.StartsWith("\u007fELF"u8) || header[4] != 2 || header[5] != 1)
        {
            throw new InvalidDataException("not a 64-bit little-endian ELF file");
        }

        var table = BinaryPrimitives.ReadUInt64LittleEndian(header[40..]);
        var entrySize = BinaryPrimitives.ReadUInt16LittleEndian(header[58..]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(header[60..]);
        if (entrySize != SectionHeaderSize)
        {
            throw new InvalidDataException("the ELF section headers have an unknown size");
        }

        var headers = Slice(table, (ulong)count * SectionHeaderSize);
        for (; headers.Length > 0; headers = headers[SectionHeaderSize..])
        {
            _sections.Add(new Section(
                BinaryPrimitives.ReadUInt32LittleEndian(headers[4..]),
                BinaryPrimitives.ReadUInt64LittleEndian(headers[24..]),
                BinaryPrimitives.ReadUInt64LittleEndian(headers[32..]),
                BinaryPrimitives.ReadUInt32LittleEndian(headers[40..]),
                BinaryPrimitives.ReadUInt32LittleEndian(headers[44..])));
        }
    }

    /// <summary>Versions that the library needs from other libraries (<c>.gnu.version_r</c>).</summary>
    public IEnumerable<VersionNeed> VersionNeeds()
    {
        if (Find(VersionNeedSection) is not { } section)
        {
            yield break;
        }

        var libraryAt = section.Offset;
        var found = 0u;
        for (var i = 0u; i < section.Info; i++)
        {
            RequireFew(++found);
            Require(section, libraryAt, 16);
            var library = Text(section, UInt32(libraryAt + 4));
            var needAt = libraryAt + UInt32(libraryAt + 8);
            for (var n = UInt16(libraryAt + 2); n > 0; n--)
            {
                RequireFew(++found);
                Require(section, needAt, 16);
                yield return new VersionNeed(library, Text(section, UInt32(needAt + 8)), UInt16(needAt + 6), (int)needAt + 4);
                needAt += UInt32(needAt + 12);
            }

            libraryAt += UInt32(libraryAt + 12);
        }
    }

    /// <summary>Versions that the library defines, by the index that its symbols use (<c>.gnu.version_d</c>).</summary>
    public IReadOnlyDictionary<int, string> VersionDefinitions()
    {
        var definitions = new Dictionary<int, string>();
        if (Find(VersionDefinitionSection) is { } section)
        {
            var at = section.Offset;
            for (var i = 0u; i < section.Info; i++)
            {
                RequireFew(i);
                Require(section, at, 20);
                var nameAt = at + UInt32(at + 12);
                Require(section, nameAt, 8);
                definitions[UInt16(at + 4)] = Text(section, UInt32(nameAt));
                at += UInt32(at + 16);
            }
        }

        return definitions;
    }

    /// <summary>The dynamic symbols with the indexes of their versions.</summary>
    public IEnumerable<VersionedSymbol> Symbols()
    {
        if (Find(DynamicSymbols) is not { } symbols || Find(SymbolVersionSection) is not { } versions)
        {
            yield break;
        }

        _ = Slice(symbols.Offset, symbols.Size);
        var count = symbols.Size / SymbolSize;
        _ = Slice(versions.Offset, count * 2);
        for (var i = 0ul; i < count; i++)
        {
            var at = symbols.Offset + (i * SymbolSize);
            var versionAt = versions.Offset + (i * 2);
            // The highest bit only hides a version from the linker.
            yield return new VersionedSymbol(
                Text(symbols, UInt32(at)), UInt16(versionAt) & 0x7fff, UInt16(at + 6) != 0, (int)versionAt);
        }
    }

    private Section? Find(uint type) => _sections.FirstOrDefault(section => section.Type == type);

    private string Text(Section owner, uint offset)
    {
        if (owner.Link >= _sections.Count)
        {
            throw new InvalidDataException("an ELF section names a string table that is not there");
        }

        var table = _sections[(int)owner.Link];
        var text = Slice(table.Offset, table.Size);
        if (offset >= (uint)text.Length || text[(int)offset..].IndexOf((byte)0) is not (>= 0 and var length))
        {
            throw new InvalidDataException("an ELF name lies outside its string table");
        }

        return Encoding.ASCII.GetString(text.Slice((int)offset, length));
    }

    private static void RequireFew(uint versions)
    {
        if (versions > MostVersions)
        {
            throw new InvalidDataException("an ELF library has more versions than any real one");
        }
    }

    private void Require(Section section, ulong offset, ulong size)
    {
        _ = Slice(offset, size);
        if (offset < section.Offset || offset + size > section.Offset + section.Size)
        {
            throw new InvalidDataException("an ELF version entry lies outside its section");
        }
    }

    private ushort UInt16(ulong offset) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(offset, 2));

    private uint UInt32(ulong offset) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(offset, 4));

    private ReadOnlySpan<byte> Slice(ulong offset, ulong size)
        => offset <= (ulong)_bytes.Length && size <= (ulong)_bytes.Length - offset
            ? _bytes.AsSpan((int)offset, (int)size)
            : throw new InvalidDataException("an ELF part lies outside the file");

    private sealed record Section(uint Type, ulong Offset, ulong Size, uint Link, uint Info);
}
