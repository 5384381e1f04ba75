using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Yolo;
using NanoDet.Pipeline.Caching;

namespace NanoDet.Pipeline.Planning;

/// <summary>Reads label files of every form, and remembers by content what was in them.</summary>
internal sealed class LabelSource
{
    private readonly string _projectFolder;
    private readonly ContentCache<LabelFileContent> _cache;
    private int _yoloParsed;

    public LabelSource(string projectFolder, string cacheFile)
    {
        _projectFolder = projectFolder;
        _cache = new(cacheFile, path => LabelFileReader.Read(ProjectPath.Full(projectFolder, path), path), Decode, Encode);
    }

    /// <summary>Files that had to be parsed.</summary>
    public int Parsed => _cache.Misses + _yoloParsed;

    /// <summary>The labels in a file of any other form.</summary>
    /// <exception cref="NanoDetException">NDB10xx: what is wrong with it.</exception>
    public LabelFileContent Read(string path, ContentHash content) => _cache.Get(content, path);

    /// <summary>The labels in a YOLO file. They are not remembered: reading them is as quick.</summary>
    /// <exception cref="NanoDetException">NDB10xx: what is wrong with it.</exception>
    public LabeledImage ReadYolo(string path, ClassList classes, int width, int height, YoloSet set)
    {
        Interlocked.Increment(ref _yoloParsed);
        return YoloReader.Read(LabelFile.Read(ProjectPath.Full(_projectFolder, path), YoloReader.MaxLength), path, classes, width, height, set);
    }

    /// <summary>Keeps what was read for the next time.</summary>
    public void Save() => _cache.Save();

    private static LabelFileContent Decode(ref RecordReader reader, string path)
    {
        var form = (LabelFormat)reader.Byte();
        var classes = ImmutableArray.CreateBuilder<string>(reader.PackedInt32());
        while (classes.Count < classes.Capacity)
        {
            classes.Add(reader.Text());
        }

        var images = ImmutableArray.CreateBuilder<LabeledImage>(reader.Int32());
        while (images.Count < images.Capacity)
        {
            images.Add(LabeledImageCodec.Read(ref reader, path));
        }

        return new(form, images.MoveToImmutable()) { Classes = classes.MoveToImmutable() };
    }

    private static void Encode(BinaryWriter writer, LabelFileContent content)
    {
        writer.Write((byte)content.Form);
        writer.Write7BitEncodedInt(content.Classes.Length);
        foreach (var name in content.Classes)
        {
            writer.Write(name);
        }

        writer.Write(content.Images.Length);
        foreach (var image in content.Images)
        {
            LabeledImageCodec.Write(writer, image);
        }
    }
}
