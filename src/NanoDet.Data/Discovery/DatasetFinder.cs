using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Labels;
using NanoDet.Data.Pairing;

namespace NanoDet.Data.Discovery;

/// <summary>
/// Recognises a data set by the names of files and a look into a few of them: pictures, labels and their form, classes, and the
/// split that is there. Build and tool use this one, so they agree about every folder. docs/labels.md lists what is recognised.
/// </summary>
internal sealed class DatasetFinder
{
    private readonly DataFiles _files;
    private readonly PassedOver _passedOver = new();
    private readonly List<Diagnostic> _problems = [];

    private DatasetFinder(DataFiles files) => _files = files;

    /// <summary>Recognises a data set.</summary>
    /// <param name="files">The files.</param>
    /// <param name="isOfLabels">Whether somebody named the folder as one with labels, whatever it is called.</param>
    public static FoundDataset Find(DataFiles files, bool isOfLabels = false) => new DatasetFinder(files).Find(isOfLabels);

    private FoundDataset Find(bool isOfLabels)
    {
        var finder = new LabelFinder(_files, _passedOver);
        foreach (var folder in _files.Folders.Values)
        {
            finder.Search(folder, isOfLabels && !folder.Name.StartsWith("..", StringComparison.Ordinal));
        }

        finder.LeaveOutAssets();
        finder.LeaveOutCvat();
        if (finder.Labels.Count == 0)
        {
            finder.SearchTexts();
        }

        if (finder.Labels.Count == 0)
        {
            finder.SearchForeign();
        }

        if (finder is { Labels.Count: 0, Foreign: { } foreign })
        {
            _problems.Add(foreign);
        }

        var pictures = PictureFinder.Find(_files.Folders, finder.Labels);
        var around = Around(finder.Labels.Select(labels => labels.Folder).Concat(pictures.Select(folder => folder.Name)));
        var descriptions = around.SelectMany(folder => folder.Descriptions).Where(file => !ClassFinder.IsOfNames(file))
            .Order(StringComparer.Ordinal).Select(file => DatasetDescription.Read(_files, file, _problems)).OfType<DatasetDescription>().ToList();
        var (parts, lists) = Split(descriptions, pictures, around);

        // In a folder of labels alone, a list was left there by a tool that writes YOLO.
        var classFile = finder.Labels.Exists(labels => labels.Form == LabelFormat.Yolo) ? ClassFile(descriptions, around, finder)
            : ClassFinder.Usual.Skip(isOfLabels ? 1 : 0).FirstOrDefault(File);
        ImmutableArray<FoundPictures> found = [.. pictures.Select(folder => new FoundPictures(folder.Name, folder.Pictures, Part(folder.Name, parts)))];
        FindTwoForms(found, finder.Labels);
        return new()
        {
            Pictures = found,
            Labels = [.. finder.Labels],
            Lists = lists,
            ClassFile = classFile,
            Layout = LayoutName.Of(finder.Labels, found, descriptions, lists.Length > 0),
            PassedOver = [.. _passedOver.Lines],
            Seen = found.IsEmpty || finder.Labels.Count == 0 ? SeenData.Of(_files, finder.Labels) : [],
            Problems = [.. _problems],
        };
    }

    /// <summary>The folders of the data set, and all above them, where descriptions, lists and classes can be.</summary>
    private List<FolderContent> Around(IEnumerable<string> folders)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            for (var name = folder; names.Add(name) && name.Length > 0;)
            {
                name = StoredFolder.Of(name);
            }
        }

        // VOC's lists are in a folder of their own, beside those of the pictures.
        return [.. _files.Folders.Values.Where(folder => names.Contains(folder.Name) || names.Contains(PictureFinder.Root(folder.Name)) || IsOfLists(folder.Name, names) || StoredFolder.LastName(folder.Name) == "..")];
    }

    private static bool IsOfLists(string folder, HashSet<string> names)
        => ListFinder.IsOfParts(folder) && names.Contains(StoredFolder.Of(StoredFolder.Same(StoredFolder.LastName(folder), "ImageSets") ? folder : StoredFolder.Of(folder)));

    private string? ClassFile(List<DatasetDescription> descriptions, List<FolderContent> around, LabelFinder finder)
    {
        var described = new List<string>();
        foreach (var description in descriptions)
        {
            if (description.NamesFile == description.File)
            {
                described.Add(description.File);
            }
            else if (description.Resolve(description.NamesFile!, File) is { } names)
            {
                described.Add(names);
                CheckCount(description.File);
            }
        }

        var numbered = finder.Labels.Where(labels => labels.Form == LabelFormat.Yolo).Select(labels => labels.Folder).ToList();
        return ClassFinder.Find(_files, around, described, finder.Classes, numbered, _problems);
    }

    /// <summary>NDB1063 where darknet's description has another number of classes than the file that it names, which alone is read later.</summary>
    private void CheckCount(string description)
    {
        try
        {
            _ = _files.Root is { } root ? ClassSource.FileOf(Path.Combine(root, description)) : null;
        }
        catch (NanoDetException exception) when (exception.Diagnostic is { Code: "NDB1063", Location: { } location })
        {
            _problems.Add(exception.Diagnostic with { Location = location with { File = description } });
        }
    }

    private (Dictionary<string, DatasetPart> Folders, ImmutableArray<FoundList> Lists) Split(
        List<DatasetDescription> descriptions, List<FolderContent> pictures, List<FolderContent> around)
    {
        var folders = new Dictionary<string, DatasetPart?>(StringComparer.Ordinal);
        var listed = new Dictionary<string, DatasetPart?>(StringComparer.Ordinal);
        foreach (var (description, part, path) in descriptions.SelectMany(description => description.Parts, (description, entry) => (description, entry.Part, entry.Path)))
        {
            var isList = path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase);
            var found = description.Resolve(path, isList ? File : name => pictures.Exists(folder => name.Length == 0 || folder.Name == name || folder.Name.StartsWith($"{name}/", StringComparison.Ordinal)));
            var claimed = isList ? listed : folders;
            if (found is null && IsElsewhere(description, path))
            {
                continue;
            }

            if (found is null)
            {
                _passedOver.Say($"{description.File} names '{DiagnosticText.Shorten(path)}' for {PartNames.InWords(part)}, which is not there");
            }
            else if (!claimed.TryAdd(found, part) && claimed[found] is var other && other != part)
            {
                // Many name the validation part for the test as well: nothing of it may be trained on.
                if (other is DatasetPart.Validation or DatasetPart.Test && part is DatasetPart.Validation or DatasetPart.Test)
                {
                    _passedOver.Say($"{description.File} names the {(isList ? "list" : "folder")} '{found}' for validation and test, so it is the validation part");
                    claimed[found] = DatasetPart.Validation;
                    continue;
                }

                _passedOver.Say($"{description.File} names the {(isList ? "list" : "folder")} '{found}' for two parts, so it gives its pictures none");
                claimed[found] = null;
            }
        }

        var lists = Decided(listed).ToDictionary(entry => entry.Name, entry => new FoundList(entry.Name, entry.Part), StringComparer.Ordinal);
        foreach (var list in around.SelectMany(folder => ListFinder.In(folder, PictureFinder.Root(folder.Name) == folder.Name)))
        {
            lists.TryAdd(list.Path, list);
        }

        foreach (var list in lists.Count > 0 ? [] : ListFinder.Elsewhere(_files, around, pictures))
        {
            lists.Add(list.Path, list);
        }

        return (Decided(folders).ToDictionary(entry => entry.Name, entry => entry.Part, StringComparer.Ordinal), [.. lists.Values.OrderBy(list => list.Path, StringComparer.Ordinal)]);

        // What two parts share has no part of its own.
        static IEnumerable<(string Name, DatasetPart Part)> Decided(Dictionary<string, DatasetPart?> claimed)
            => claimed.Where(entry => entry.Value is not null).Select(entry => (entry.Key, entry.Value!.Value));
    }

    /// <summary>Whether a path in a description above the folder means a part that is there, and that nobody has asked for.</summary>
    private bool IsElsewhere(DatasetDescription description, string path)
        => _files.Root is { } root && description.File.StartsWith("../", StringComparison.Ordinal) && description.Resolve(path, name => Path.Exists(Path.Combine(root, name))) is not null;

    /// <summary>The part that a description gives a folder of pictures, where its name does not say the same.</summary>
    private static DatasetPart? Part(string folder, Dictionary<string, DatasetPart> parts)
    {
        for (var name = folder; parts.Count > 0 && name.Length > 0; name = StoredFolder.Of(name))
        {
            if (parts.TryGetValue(name, out var part))
            {
                return PartFolders.OfImage($"{folder}/") == part ? null : part;
            }
        }

        // "train: ." beside the pictures; the names of folders below say more.
        return parts.TryGetValue("", out var all) && PartFolders.OfImage($"{folder}/") is null ? all : null;
    }

    /// <summary>Looks for pictures with labels of two forms, as far as names show it: which pictures a file of many is about shows when it is read.</summary>
    private void FindTwoForms(ImmutableArray<FoundPictures> pictures, List<FoundLabels> labels)
    {
        if (labels.Select(group => group.Form).Distinct().Count() < 2)
        {
            return;
        }

        var forms = labels.Where(group => group.Form is { } form && !form.NamesImages()).GroupBy(group => group.Form!.Value, group => group.Files)
            .Select(group => (Form: group.Key, Files: group.SelectMany(files => files).ToList())).OrderByDescending(group => group.Files.Count).ThenBy(group => group.Form).ToList();
        if (forms is not [var first, var second, ..])
        {
            return;
        }

        // Each alone: together, the folders of one form would take the pictures from the other.
        IReadOnlyList<string> all = [.. pictures.SelectMany(folder => folder.Files)];
        IEnumerable<int> Labelled(List<string> files) => new LabelPairing(all, files) is var pairing ? files.Select(pairing.Find).OfType<int>() : [];
        var both = Labelled(first.Files).Intersect(Labelled(second.Files)).Count();
        if (both > 0)
        {
            _problems.Add(TwoForms.Of(first, second, both));
        }
    }

    private bool File(string name) => _files.Folders.TryGetValue(StoredFolder.Of(name), out var folder) && (folder.Text.Contains(name) || folder.Descriptions.Contains(name));
}
