using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Splitting;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Planning;

/// <summary>
/// The split record beside the project, and in the output folder the record of each state of the data with which a build has succeeded.
/// A plan writes neither. A state that comes back gets its record back, and so its split and its model: the record of another state, which
/// has more images in it, would give another split. But if anybody else has changed the file, only the file counts.
/// </summary>
/// <param name="outputFolder">Full path of the output folder.</param>
/// <param name="recordFile">Full path of the split record.</param>
public sealed class AcceptedSplits(string outputFolder, string recordFile)
{
    private const long LargestFile = 64 << 20;

    private readonly string _folder = Path.Combine(outputFolder, OutputFiles.SplitsFolder.TrimEnd('/'));

    /// <summary>The record for a state of the data.</summary>
    internal SplitRecord RecordOf(string state, SplitOptions options)
        => IsAsLeft() && Known(state, options) is { } known ? known : SplitRecord.Read(recordFile, options);

    /// <summary>Keeps the split of a plan for the end of the build.</summary>
    internal void Plan(PlannedSplit split)
        => AtomicFile.WriteIfDifferent(PlannedFile, CanonicalJson.Write(split, PlanJson.Canonical.PlannedSplit));

    /// <summary>Writes the record of the planned split beside the project, where it is another one, and remembers the state of the data.</summary>
    /// <param name="key">The key of the build's stage <c>split</c>; a plan of another build is passed over.</param>
    /// <returns>What people have to know, in words; null for nothing.</returns>
    /// <exception cref="NanoDetException">NDB2007: the record is damaged; NDB9053: a file of the output folder is.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public string? Accept(string key)
    {
        if (!File.Exists(PlannedFile))
        {
            return null;
        }

        var split = CanonicalJson.Read(PlannedFile, PlanJson.Canonical.PlannedSplit, LargestFile, _ => true, (place, reason) => FolderDiagnostics.IntermediateDamaged(place.File, reason));
        if (split.Key != key)
        {
            return null;
        }

        if (!IsAsLeft())
        {
            Forget();
        }

        var words = Write(split.Record, SplitRecord.Read(recordFile));
        AtomicFile.WriteIfDifferent(FileOf(split.State), split.Record.ToJson());
        if (Content(recordFile) is { } content)
        {
            AtomicFile.WriteIfDifferent(LeftFile, content);
        }
        else
        {
            File.Delete(LeftFile);
        }

        return words;
    }

    private string PlannedFile => Path.Combine(_folder, "planned.json");

    /// <summary>What the last build has left beside the project; missing if that was nothing.</summary>
    private string LeftFile => Path.Combine(_folder, "left.json");

    private string FileOf(string state) => Path.Combine(_folder, $"{state}.json");

    private bool IsAsLeft() => Content(recordFile).AsSpan().SequenceEqual(Content(LeftFile));

    private static byte[]? Content(string path) => File.Exists(path) ? RegularFile.ReadAllBytes(path) : null;

    /// <summary>The record of a state with which a build has succeeded; null for an unknown state.</summary>
    private SplitRecord? Known(string state, SplitOptions options)
    {
        try
        {
            return SplitRecord.Read(FileOf(state)) is { } record && record.Options == options ? record : null;
        }
        catch (NanoDetException)
        {
            return null; // As if the folder had been deleted.
        }
    }

    private void Forget()
    {
        foreach (var file in Directory.EnumerateFiles(_folder, "*.json").Where(file => file != PlannedFile).ToList())
        {
            File.Delete(file);
        }
    }

    private string? Write(SplitRecord record, SplitRecord? present)
    {
        var name = Path.GetFileName(recordFile);
        if (present is not null && present.Options != record.Options)
        {
            return record.Parts.IsEmpty ? null : $"{name} is left as it is, because it was made with another NanoDetValidationSplit, NanoDetTestSplit or NanoDetSeed; delete it if the present ones are to stay";
        }

        if (present is null ? record.Parts.IsEmpty : present.Parts.SequenceEqual(record.Parts))
        {
            return null;
        }

        var target = AtomicFile.BehindLink(recordFile);
        if (record.Parts.IsEmpty)
        {
            File.Delete(target);
            return $"removed {name}, because the data is again as it was before the file was written; commit that";
        }

        AtomicFile.WriteIfDifferent(target, record.ToJson());
        return $"wrote {name}: it keeps {record.Parts.Count} image{(record.Parts.Count == 1 ? "" : "s")} of rare classes or groups in {(record.Parts.Count == 1 ? "its part" : "their parts")} when the data changes; commit it";
    }
}
