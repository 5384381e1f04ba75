using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Vott;
using NanoDet.Data.Pairing;

namespace NanoDet.Data.Discovery;

/// <summary>
/// Finds the label files of a folder. What is in a folder for labels, or belongs to a picture by its name and has the form of
/// labels, is one, even if it then turns out to be damaged. Of many files of one kind, only the first is looked into.
/// </summary>
internal sealed class LabelFinder
{
    private const int MostTried = 3;

    private static readonly string[] OtherCoco = ["captions_", "stuff_", "panoptic_", "image_info_"];
    private readonly DataFiles _files;
    private readonly PassedOver _passedOver;
    private readonly Lazy<HashSet<string>> _stems;

    /// <param name="files">The files.</param>
    /// <param name="passedOver">Takes what is no label file.</param>
    public LabelFinder(DataFiles files, PassedOver passedOver)
    {
        (_files, _passedOver) = (files, passedOver);
        _stems = new(() => new(files.Folders.Values.SelectMany(folder => folder.Pictures).Select(PlainName.Stem), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The label files.</summary>
    public List<FoundLabels> Labels { get; } = [];

    /// <summary>JSON files that are lists of classes.</summary>
    public List<string> Classes { get; } = [];

    /// <summary>What the first labels are that are recognised and not read: NDB1010. It matters only where there are no others.</summary>
    public Diagnostic? Foreign { get; private set; }

    /// <summary>Leaves out VoTT's files of single images where the export of the project is there, which has the same.</summary>
    public void LeaveOutAssets()
    {
        static bool IsAsset(string file) => file.EndsWith(VottReader.AssetFile, StringComparison.OrdinalIgnoreCase);
        var vott = Labels.FindAll(group => group.Form == LabelFormat.Vott);
        var exported = vott.FindAll(group => group.Files.Any(file => !IsAsset(file))).ConvertAll(group => group.Folder);

        // The export is in a folder below that of the assets, or beside them.
        foreach (var group in vott.FindAll(group => exported.Exists(folder => folder == group.Folder || StoredFolder.Of(folder) == group.Folder)))
        {
            var (assets, exports) = Split([.. group.Files], IsAsset);
            assets.ForEach(file => _passedOver.Add("VoTT's files of single images, which are in its export as well", file));
            Labels.Remove(group);
            Add(group.Folder, LabelFormat.Vott, exports);
        }
    }

    /// <summary>Leaves out CVAT's own XML where there are other labels: its exports of other forms have the same.</summary>
    public void LeaveOutCvat()
    {
        bool IsCvat(string file) => Name(file).Equals("annotations.xml", StringComparison.OrdinalIgnoreCase) && !HasPicture(file) && LabelTrace.IsCvat(_files.Ends(file, LabelTrace.Length).First);
        foreach (var group in Labels.FindAll(group => group.Form == LabelFormat.Voc))
        {
            var (cvat, others) = Split([.. group.Files], IsCvat);
            if (cvat.Count > 0 && Labels.Sum(found => found.Files.Count) > cvat.Count)
            {
                cvat.ForEach(file => _passedOver.Add("CVAT's own XML beside other labels", file));
                Labels.Remove(group);
                Add(group.Folder, LabelFormat.Voc, others);
            }
        }
    }

    /// <summary>Finds the label files of one folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isNamed">Whether somebody named it as one with labels.</param>
    public void Search(FolderContent folder, bool isNamed)
    {
        var isForLabels = isNamed || FolderName.IsOfLabels(folder.Name);
        if (isForLabels || folder.Pictures.Count > 0)
        {
            folder.Tables.ForEach(file => _passedOver.Add("tables, in which labels are not read", file));
        }

        Add(folder.Name, LabelFormat.Voc, Voc(folder, isForLabels, isNamed));
        Add(folder.Name, LabelFormat.Yolo, Yolo(folder, isForLabels));
        foreach (var form in Json(folder, isForLabels).ToLookup(entry => entry.Form, entry => entry.File))
        {
            Add(folder.Name, form.Key, [.. form]);
        }
    }

    /// <summary>
    /// Where no labels were found: finds YOLO's texts that have pictures of their names, in a folder of any name, or those of another form. Beside
    /// other labels, they are what a model has found, or a copy.
    /// </summary>
    public void SearchTexts()
    {
        foreach (var folder in _files.Folders.Values.Where(folder => folder.Text.Count > 0))
        {
            var texts = folder.Text.FindAll(HasPicture);
            var tried = texts.Order(StringComparer.Ordinal).Select(file => (Path: file, Start: _files.Ends(file, LabelTrace.Length).First))
                .Where(file => !LabelTrace.IsEmpty(file.Start)).Take(MostTried).ToList();
            if (tried.Exists(file => LabelTrace.IsCertainlyYolo(file.Start)))
            {
                Add(folder.Name, LabelFormat.Yolo, texts);
            }
            else
            {
                Foreign ??= tried.Select(file => LabelTrace.Foreign(file.Start, file.Path)).FirstOrDefault(found => found is not null);
            }
        }
    }

    /// <summary>Where no labels were found: finds those in tables, lists, lines of JSON and records, which are not read.</summary>
    public void SearchForeign()
    {
        foreach (var folder in _files.Folders.Values)
        {
            var texts = folder.Text.Where(file => !HasPicture(file));
            Foreign ??= new[] { folder.Foreign, folder.Tables, texts }.SelectMany(files => files.Order(StringComparer.Ordinal).Take(MostTried))
                .Select(file => ForeignFile.Of(file, () => _files.Ends(file, LabelTrace.Length).First)).FirstOrDefault(found => found is not null);
        }
    }

    private void Add(string folder, LabelFormat? form, List<string> files)
    {
        if (files.Count > 0)
        {
            Labels.Add(new(folder, form, files));
        }
    }

    private List<string> Voc(FolderContent folder, bool isForLabels, bool isNamed)
    {
        if (folder.Xml.Count == 0 || isNamed)
        {
            return folder.Xml;
        }

        if (isForLabels)
        {
            // Translations and settings are in folders of such names too.
            var (named, others) = Split(folder.Xml, HasPicture);
            return [.. named, .. Each(others, IsVoc, "XML files that are no labels")];
        }

        var (beside, alone) = Split(folder.Xml, folder.HasPictureOf);
        return [.. Uniform(beside, IsVoc, "XML files that are no labels"), .. Each(alone, IsVoc, folder.Pictures.Count > 0 ? "XML files that are no labels" : null)];
    }

    private List<string> Yolo(FolderContent folder, bool isForLabels)
    {
        const string What = "text files that are no YOLO labels";
        var texts = folder.Text.Where(file => !(ListFinder.IsName(file) || ClassFinder.IsName(file)) || (HasPicture(file) && IsYolo(file))).ToList();
        if (texts.Count == 0)
        {
            return [];
        }

        if (!isForLabels)
        {
            return folder.Pictures.Count == 0 ? [] : Uniform(texts.FindAll(folder.HasPictureOf), IsYolo, What);
        }

        var (named, alone) = Split(texts, HasPicture);
        return [.. named, .. Each(alone, IsYolo, What)];
    }

    private IEnumerable<(string File, LabelFormat? Form)> Json(FolderContent folder, bool isForLabels)
    {
        if (folder.Json.Count == 0)
        {
            yield break;
        }

        var kinds = Kinds(folder).ToList();
        var hasInstances = kinds.Exists(entry => entry.Kind == JsonKind.Coco && Name(entry.File).StartsWith("instances", StringComparison.OrdinalIgnoreCase));
        foreach (var (file, kind) in kinds)
        {
            var isOther = kind == JsonKind.OtherCoco || (kind == JsonKind.Coco && (Starts(file, OtherCoco) || (hasInstances && Starts(file, ["person_keypoints_"]))));
            if (isOther)
            {
                _passedOver.Add("COCO files without boxes, or whose boxes are in the instances as well", file);
            }
            else if (kind == JsonKind.Classes)
            {
                Classes.Add(file);
            }
            else if (ForeignForm.Of(kind, new(file)) is { } foreign)
            {
                Foreign ??= foreign;
                _passedOver.Add("labels in forms that are not read", file);
            }
            else if (kind != JsonKind.Nothing)
            {
                yield return (file, JsonForm.FormatOf(kind));
            }
            else if (isForLabels || folder.Pictures.Count > 0)
            {
                _passedOver.Add("JSON files that are no labels", file);
            }
        }
    }

    /// <summary>labelme writes one file for each picture, so the first ones tell about the others.</summary>
    private IEnumerable<(string File, JsonKind Kind)> Kinds(FolderContent folder)
    {
        var (named, alone) = folder.Json.Count <= MostTried ? ([], folder.Json) : Split(folder.Json, HasPicture);
        var isLabelMe = named.Order(StringComparer.Ordinal).Take(MostTried).ToList() is { Count: > 0 } tried && tried.TrueForAll(file => Kind(file) == JsonKind.LabelMe);
        return named.Select(file => (file, isLabelMe ? JsonKind.LabelMe : Kind(file))).Concat(alone.Select(file => (file, Kind(file))));
    }

    /// <summary>All files of one kind if one of the first ones has its form.</summary>
    private List<string> Uniform(List<string> files, Func<string, bool> hasForm, string what)
    {
        if (files.Count == 0 || files.Order(StringComparer.Ordinal).Take(MostTried).Any(hasForm))
        {
            return files;
        }

        files.ForEach(file => _passedOver.Add(what, file));
        return [];
    }

    /// <summary>Those files that have the form of labels: for few, or for what should not be there.</summary>
    private IEnumerable<string> Each(List<string> files, Func<string, bool> hasForm, string? what)
    {
        foreach (var file in files)
        {
            if (hasForm(file))
            {
                yield return file;
            }
            else if (what is not null)
            {
                _passedOver.Add(what, file);
            }
        }
    }

    /// <summary>Whether a picture in any folder has the name of a file.</summary>
    private bool HasPicture(string file) => _stems.Value.GetAlternateLookup<ReadOnlySpan<char>>().Contains(PlainName.StemOf(file));

    private bool IsVoc(string file) => _files.Ends(file, LabelTrace.Length).First is var first && (LabelTrace.IsVoc(first) || LargeFilePointer.Is(first));

    private bool IsYolo(string file) => LabelTrace.IsYolo(_files.Ends(file, LabelTrace.Length).First);

    private JsonKind Kind(string file)
    {
        var (first, last) = _files.Ends(file, LabelTrace.Length);
        if (LargeFilePointer.Is(first))
        {
            return JsonKind.OtherLabels; // The reader says what it is.
        }

        var kind = JsonForm.OfEnds(first, last);
        try
        {
            // Long values may hide the members that say it.
            return kind == JsonKind.Nothing && first.Length == LabelTrace.Length ? JsonForm.OfMembers(_files.Whole(file), file) : kind;
        }
        catch (NanoDetException)
        {
            return JsonKind.Nothing; // It is no JSON.
        }
    }

    private static bool Starts(string file, string[] beginnings) => beginnings.Any(beginning => Name(file).StartsWith(beginning, StringComparison.OrdinalIgnoreCase));

    private static string Name(string file) => file[(file.LastIndexOf('/') + 1)..];

    private static (List<string> Yes, List<string> No) Split(List<string> files, Func<string, bool> condition)
    {
        var no = files.FindAll(file => !condition(file));
        return no.Count == 0 ? (files, no) : (files.FindAll(new(condition)), no);
    }
}
