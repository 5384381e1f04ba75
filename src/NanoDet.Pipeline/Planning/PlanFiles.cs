using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Augmentation;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Caching;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Planning;

/// <summary>The content hashes of a project's files, and one hash over all that a plan is made from.</summary>
internal sealed class PlanFiles
{
    private const int ShortText = 1024;

    /// <summary>Hashes the files, reading only those that changed.</summary>
    /// <exception cref="NanoDetException">NDB3053: a file is missing.</exception>
    public PlanFiles(PlanInputs inputs, StatCache stats, CancellationToken cancellation)
    {
        ImageHashes = Hash([.. inputs.Images.Select(image => image.Path)], stats, cancellation);
        AnnotationHashes = Hash(inputs.Annotations, stats, cancellation);
        ImmutableArray<string> imageSets = [.. inputs.ImageSets.Select(list => list.Path)];
        var lists = Hash(imageSets, stats, cancellation);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(ReadingCode.Identity.Span);
        Add(hash, string.Create(CultureInfo.InvariantCulture, $"{inputs.Split}\n{inputs.Policy}\n{inputs.SplitRecordFile}\n{ToolVersion.Current}\n{inputs.Model}\n{(inputs.Augmentation is { } recipe ? AugmentationKey.Of(recipe) : "")}"));
        Add(hash, inputs.ConfigurationFile is { } configuration ? $"{configuration}\n{stats.Hash(configuration)}" : inputs.Preset);
        Add(hash, inputs.ProjectFile.Length > 0 ? ProjectPath.Relative(inputs.OutputFolder, inputs.ProjectFile) : "");
        Add(hash, inputs.ClassFile is { } file ? $"{file}\n{stats.Hash(file)}" : "");
        Add(hash, inputs.LockFile is { } locked ? $"{locked}\n{stats.Hash(locked)}" : "");
        Add(hash, $"{inputs.Pretrained.Hash}\n{inputs.BackboneWeights.Hash}");
        foreach (var text in inputs.Aliases.SelectMany(entry => new[] { entry.Alias, entry.ClassName }).Prepend($"{inputs.Aliases.Length}").Concat(inputs.Classes).Concat(inputs.Overrides.SelectMany(entry => new[] { entry.Key, entry.Value })))
        {
            Add(hash, text);
        }

        for (var i = 0; i < inputs.Images.Length; i++)
        {
            var image = inputs.Images[i];
            Add(hash, image.Path);
            Add(hash, ImageHashes[i]);
            if (image.Part is not null || image.Group is not null || image.Weight != 1 || image.Negative)
            {
                Add(hash, string.Create(CultureInfo.InvariantCulture, $"{image.Part}\n{image.Weight:R}\n{image.Negative}\n{image.Group}"));
            }
        }

        AddAll(hash, inputs.Annotations, AnnotationHashes);
        AddAll(hash, imageSets, lists);
        foreach (var block in inputs.Blocks)
        {
            Add(hash, $"{block.Labels}\n{block.Images}\n{block.Part}");
        }

        foreach (var list in inputs.ImageSets.Where(list => list.Part is not null))
        {
            Add(hash, $"{list.Path}\n{list.Part}");
        }

        Inputs = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Content hash of each image.</summary>
    public ImmutableArray<ContentHash> ImageHashes { get; }

    /// <summary>Content hash of each label file.</summary>
    public ImmutableArray<ContentHash> AnnotationHashes { get; }

    /// <summary>Hash over everything: where it is the same as at the last plan, nothing was added, changed or removed.</summary>
    public string Inputs { get; }

    private static ImmutableArray<ContentHash> Hash(ImmutableArray<string> paths, StatCache stats, CancellationToken cancellation)
    {
        var hashes = stats.Hash(paths, cancellation);
        var found = ImmutableArray.CreateBuilder<ContentHash>(hashes.Length);
        for (var i = 0; i < hashes.Length; i++)
        {
            found.Add(hashes[i] ?? throw new NanoDetException(ProjectDiagnostics.FileMissing(paths[i], null)));
        }

        return found.MoveToImmutable();
    }

    private static void AddAll(IncrementalHash hash, ImmutableArray<string> paths, ImmutableArray<ContentHash> hashes)
    {
        Add(hash, "files");
        for (var i = 0; i < paths.Length; i++)
        {
            Add(hash, paths[i]);
            Add(hash, hashes[i]);
        }
    }

    private static void Add(IncrementalHash hash, ContentHash content)
    {
        Span<byte> digest = stackalloc byte[ContentHash.Length];
        content.CopyTo(digest);
        hash.AppendData(digest);
    }

    private static void Add(IncrementalHash hash, string text)
    {
        var most = sizeof(int) + Encoding.UTF8.GetMaxByteCount(text.Length);
        var bytes = most <= ShortText ? stackalloc byte[most] : new byte[most];
        var length = Encoding.UTF8.GetBytes(text, bytes[sizeof(int)..]);
        BitConverter.TryWriteBytes(bytes, length);
        hash.AppendData(bytes[..(sizeof(int) + length)]);
    }
}
