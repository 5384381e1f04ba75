using System.Collections.Frozen;
using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Labels.Letters;

namespace NanoDet.Data.Labels;

/// <summary>The classes of a model in label order. Names are compared ordinally: <c>Cat</c> is not <c>cat</c>.</summary>
public sealed class ClassList
{
    private const long MaxLength = 4 << 20;
    private readonly FrozenDictionary<string, int> _indices;
    private readonly bool _hasAliases;

    private ClassList(ImmutableArray<string> names, SourceLocation? location, IEnumerable<KeyValuePair<string, int>>? aliases = null)
    {
        Names = names;
        Location = location;
        _hasAliases = aliases is not null;
        _indices = names.Select((name, index) => KeyValuePair.Create(name, index)).Concat(aliases ?? []).ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The names; the index is the label in the network's output.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The file that lists them; null if there is none.</summary>
    public SourceLocation? Location { get; }

    /// <summary>
    /// How many numbers of keypoints follow the box of an object in YOLO's labels, as the file of the classes says
    /// (<c>kpt_shape</c> of Ultralytics' <c>data.yaml</c>); null where it does not, so that the labels have to show it.
    /// </summary>
    internal int? KeypointNumbers { get; private init; }

    /// <summary>Makes the list from given names, such as those of items in a project.</summary>
    /// <exception cref="NanoDetException">NDB1043, NDB1044 or NDB1046.</exception>
    public static ClassList FromNames(IEnumerable<string> names, SourceLocation? location = null)
    {
        ImmutableArray<string> list = [.. names.Select(name => ClassName.Required(name, location))];
        if (list.IsEmpty)
        {
            throw new NanoDetException(LabelDiagnostics.NoClasses(location));
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        return list.FirstOrDefault(name => !seen.Add(name)) is { } repeated
            ? throw new NanoDetException(LabelDiagnostics.RepeatedClass(location, repeated))
            : new(list, location);
    }

    /// <summary>
    /// Reads a file with one name per line (<c>classes.txt</c>, <c>voc.names</c>); white space around names and lines without a name at the
    /// end are ignored. An empty line between names is refused: labelImg and darknet count it as a class, Ultralytics does not.
    /// </summary>
    /// <exception cref="NanoDetException">NDB1002, NDB1003, NDB1043, NDB1044, NDB1046, NDB1047 or NDB1064.</exception>
    public static ClassList FromFile(string path)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        SourceLocation? empty = null;
        using var reader = new StringReader(EncodedText.Decode(LabelFile.Read(path, MaxLength), path, LabelDiagnostics.NotUtf8));
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            var location = new SourceLocation(path, line, 1);
            var name = ClassName.Checked(text, location);
            if (name.Length == 0)
            {
                empty ??= location;
                continue;
            }

            if (empty is not null || name.StartsWith("# ", StringComparison.Ordinal))
            {
                throw new NanoDetException(LabelDiagnostics.LineWithoutClass(empty ?? location, empty is not null
                    ? "The line is empty, and more classes follow: some tools count it as a class and others do not, so the numbers of those that follow are in doubt. Delete the line, or write a name on it"
                    : "The line looks like a comment, but every line of a list of classes is a name, for other tools too. Delete it"));
            }

            names.Add(seen.Add(name) ? name : throw new NanoDetException(LabelDiagnostics.RepeatedClass(location, name)));
        }

        return DecoratedList.Find(names) is { } found ? throw new NanoDetException(LabelDiagnostics.LineWithoutClass(new(path, 1, 1), found)) : FromNames(names, new(path));
    }

    /// <summary>Makes the list from the classes of the labels, sorted ordinally.</summary>
    /// <exception cref="NanoDetException">NDB1044 if there are none.</exception>
    public static ClassList FromLabels(IEnumerable<LabeledImage> images) => FromNames(NamesIn(images));

    /// <summary>Makes the list from label files, where nobody else names the classes.</summary>
    /// <param name="files">What was read, in the order of the files' paths.</param>
    /// <param name="diagnostics">Takes NDB1049.</param>
    /// <exception cref="NanoDetException">NDB1044 if there are none.</exception>
    internal static ClassList FromFiles(IReadOnlyCollection<LabelFileContent> files, ICollection<Diagnostic> diagnostics)
    {
        var classes = FromNames(NamesIn(files));
        foreach (var alike in classes.Names.GroupBy(LookAlike.Of, StringComparer.Ordinal))
        {
            var names = alike.ToList();
            for (var i = 1; i < names.Count; i++)
            {
                var nearest = ClassName.Nearest(names.Take(i), names[i]);
                diagnostics.Add(LabelDiagnostics.SimilarClasses(nearest, names[i], ClassName.Likeness(nearest, names[i])!));
            }
        }

        return classes;
    }

    /// <summary>
    /// The classes of label files where nobody lists them: those that the files list (COCO), in the order of the files and of their ids,
    /// and then the others, sorted ordinally. A file without objects is asked only where no file has any: it does not show which of its
    /// categories only group others.
    /// </summary>
    /// <param name="files">What was read, in the order of the files' paths.</param>
    internal static IEnumerable<string> NamesIn(IReadOnlyCollection<LabelFileContent> files)
    {
        var labelled = NamesIn(files.SelectMany(file => file.Images));
        var listing = files.Where(file => !file.Classes.IsEmpty).ToLookup(file => file.Images.Any(image => !image.Objects.IsEmpty));
        return listing[labelled.Count > 0].SelectMany(file => file.Classes).Concat(labelled).Distinct(StringComparer.Ordinal);
    }

    private static List<string> NamesIn(IEnumerable<LabeledImage> images)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var image in images)
        {
            foreach (ref readonly var labeled in image.Objects.AsSpan())
            {
                found.Add(labeled.ClassName);
            }
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    /// <summary>The same classes, with other names that labels may have for them.</summary>
    /// <param name="aliases">The class of each other name.</param>
    /// <param name="location">The place of the aliases.</param>
    /// <exception cref="NanoDetException">NDB1048: a name is that of a class or of two.</exception>
    public ClassList WithAliases(IEnumerable<(string Alias, string ClassName)> aliases, SourceLocation? location = null)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (alias, name) in aliases.Select(entry => (ClassName.Plain(entry.Alias), ClassName.Plain(entry.ClassName))))
        {
            var other = _indices.ContainsKey(alias) ? alias : known.GetValueOrDefault(alias, name);
            if (other != name)
            {
                throw new NanoDetException(LabelDiagnostics.AmbiguousAlias(location, alias, name, other));
            }

            known[alias] = name;
        }

        var others = known.Where(entry => entry.Key != entry.Value).Select(entry => KeyValuePair.Create(entry.Key, IndexOf(entry.Value))).ToList();
        return others.Count == 0 ? this : new(Names, Location, others) { KeypointNumbers = KeypointNumbers };
    }

    /// <summary>The same classes, for YOLO's labels with keypoints.</summary>
    /// <param name="numbers">How many numbers follow each box.</param>
    internal ClassList WithKeypoints(int numbers) => new(Names, Location) { KeypointNumbers = numbers };

    /// <summary>The labels with the names of this list in place of aliases.</summary>
    public LabeledImage Rename(LabeledImage labels) => !_hasAliases ? labels : labels with
    {
        Objects = [.. labels.Objects.Select(labeled => IndexOf(labeled.ClassName) is >= 0 and var index ? labeled with { ClassName = Names[index] } : labeled)],
    };

    /// <summary>Returns the label of a class or of one of its aliases; -1 if the list does not have it.</summary>
    public int IndexOf(string name) => _indices.GetValueOrDefault(name, -1);

    /// <summary>Returns the name in the list that is closest to a misspelt one; null if none is close.</summary>
    public string? Suggest(string name) => Suggestion.For(name, Names);
}
