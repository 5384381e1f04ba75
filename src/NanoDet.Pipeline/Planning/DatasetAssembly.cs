using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Discovery;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Yolo;
using NanoDet.Data.Pairing;
using NanoDet.Data.Parallelism;
using NanoDet.Data.Splitting;
using NanoDet.Data.Validation;
using NanoDet.Pipeline.Caching;
using NanoDet.Pipeline.Diagnostics;

namespace NanoDet.Pipeline.Planning;

/// <summary>Turns the files of a project into its data: reads, pairs, judges, splits, configures. Every problem is collected.</summary>
internal sealed class DatasetAssembly
{
    private readonly PlanInputs _inputs;
    private readonly PlanFiles _files;
    private readonly StatCache _own;
    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
    private readonly HashSet<string> _ofMany = new(StringComparer.Ordinal);
    private readonly LabelSource _labels;
    private readonly HeaderSource _headers;

    private readonly List<LabelFileContent> _read = [];
    private int _unread;

    /// <param name="inputs">The project's items and properties.</param>
    /// <param name="files">The content of its files.</param>
    /// <param name="own">Hashes of further files.</param>
    public DatasetAssembly(PlanInputs inputs, PlanFiles files, StatCache own)
    {
        (_inputs, _files, _own, Watched) = (inputs, files, own, [inputs.SplitRecordFile]);
        var (labels, headers) = (default(LabelSource), default(HeaderSource));
        ParallelLoop.Run(
            () => labels = new(inputs.ProjectFolder, Path.Combine(inputs.OutputFolder, "labels.cache")),
            () => headers = new(inputs.ProjectFolder, Path.Combine(inputs.OutputFolder, "headers.cache")));
        (_labels, _headers) = (labels!, headers!);
    }

    /// <summary>What the user should know, in a stable order.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => _diagnostics.ToImmutable();

    /// <summary>What was looked at.</summary>
    /// <param name="filesHashed">Files whose bytes were read for their hash.</param>
    public PlanCounts Counts(int filesHashed) => new(_inputs.Images.Length, _inputs.Annotations.Length, filesHashed, _labels.Parsed, _headers.Opened);

    /// <summary>Stored paths of files that count besides the project's items.</summary>
    public ImmutableArray<string> Watched { get; private set; }

    /// <summary>Assembles the data.</summary>
    /// <returns>Null where there are errors.</returns>
    public AssembledData? Assemble(CancellationToken cancellation)
    {
        try
        {
            var classes = ListedClasses();
            var pairing = ReadLabels(classes, cancellation);
            if (classes is null && _unread > 0 && !ClassList.NamesIn(_read).Any())
            {
                return null; // That there is no class follows from what could not be read.
            }

            classes ??= ClassList.FromFiles(_read, _diagnostics);
            var judged = Judge(pairing, classes, cancellation);
            var (items, planned, split) = Split(judged, classes, pairing);
            var dataset = new Dataset(classes.Names, [.. ParallelLoop.Map(judged.Count, i => judged[i].Image with { Part = split.Parts[i] })]);
            var configuration = Configure(dataset);
            var weights = FindWeights("NanoDetPretrained", _inputs.Pretrained, configuration?.Schedule.LoadModel, "The training starts from the weights that NanoDetPretrained names,");
            var backbone = FindWeights("NanoDetBackboneWeights", _inputs.BackboneWeights, configuration?.Schedule.BackboneWeights, "The backbone starts from the weights that NanoDetBackboneWeights names,");
            return configuration is null || _diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                ? null
                : new AssembledData(new DatasetMeaning(dataset), items, planned, configuration, new(weights, backbone))
                {
                    Hashed = split.Hashed,
                    Places = _inputs.Model?.Lint is null ? null : Places(pairing, classes, dataset),
                };
        }
        catch (NanoDetException exception)
        {
            _diagnostics.AddRange(exception.Diagnostics);
            return null;
        }
    }

    /// <summary>Keeps what was read for the next time.</summary>
    public void Save() => ParallelLoop.Run(_labels.Save, _headers.Save);

    private ClassList? ListedClasses()
        => !_inputs.Classes.IsEmpty ? ClassList.FromNames(_inputs.Classes).WithAliases(_inputs.Aliases) : ClassesInFile();

    private ClassList? ClassesInFile() => _inputs.ClassFile is { } file ? ClassSource.Read(ProjectPath.Full(_inputs.ProjectFolder, file)) : null;

    /// <summary>The file whose classes the numbers in YOLO's labels count: all of the data set, also where the project names those to learn.</summary>
    private string? NumberedFile => _inputs.Classes.IsEmpty || _inputs.Policy.OtherClasses == OtherClassPolicy.Ignore ? _inputs.ClassFile : null;

    private LabelPairing ReadLabels(ClassList? listed, CancellationToken cancellation)
    {
        var pairing = new LabelPairing([.. _inputs.Images.Select(image => image.Path)], _inputs.Annotations, _inputs.ProjectFolder, _inputs.Blocks);
        var read = new (LabelFileContent Content, LabelPairing.Found? Images)?[_inputs.Annotations.Length];
        // Where the project names no classes, those that are listed are the file's, and it has been read.
        var numbered = NumberedFile is null || _inputs.Classes.IsEmpty ? listed : ClassesInFile();
        var hasNames = numbered is not null || _inputs.Annotations.FirstOrDefault(LabelFileReader.IsYolo) is null;
        if (!hasNames)
        {
            _diagnostics.Add(LabelFileReader.WithoutClasses([.. _inputs.Annotations.Where(LabelFileReader.IsYolo)], file => ProjectPath.Full(_inputs.ProjectFolder, file)));
        }

        var yolo = new YoloSet();
        InOrder(read.Length, (i, _) =>
        {
            if (hasNames || !LabelFileReader.IsYolo(_inputs.Annotations[i]))
            {
                var content = Read(i, numbered, pairing, yolo);
                read[i] = (content, pairing.Seek(content, _inputs.Annotations[i]));
            }
        }, cancellation);
        foreach (var path in yolo.Doubtful)
        {
            var i = _inputs.Annotations.IndexOf(path);
            read[i] = read[i]!.Value with { Content = Read(i, numbered, pairing, yolo) };
        }

        if (yolo.Doubt is { } doubt)
        {
            _diagnostics.Add(doubt);
        }

        for (var i = 0; i < read.Length; i++)
        {
            if (read[i] is var (content, images))
            {
                _read.Add(content);
                pairing.Add(content, _inputs.Annotations[i], _diagnostics, images);
                if (!content.IsOfOneImage)
                {
                    _ofMany.Add(_inputs.Annotations[i]);
                }
            }
            else
            {
                _unread++;
                pairing.NoteUnread(_inputs.Annotations[i]);
            }
        }

        _diagnostics.AddRange(pairing.Ambiguous);
        if (pairing.Overlap is { } overlap)
        {
            throw new NanoDetException(TwoForms.Of(overlap)); // What else is wrong may follow from it.
        }

        return pairing;
    }

    private LabelFileContent Read(int annotation, ClassList? numbered, LabelPairing pairing, YoloSet yolo)
    {
        var path = _inputs.Annotations[annotation];
        if (!LabelFileReader.IsYolo(path))
        {
            return _labels.Read(path, _files.AnnotationHashes[annotation]);
        }

        if (pairing.Find(path) is not { } image)
        {
            // Without labels in it: what is told is that it has no image, or more than one.
            return new(LabelFormat.Yolo, [new LabeledImage("", []) { Location = new SourceLocation(path) }]);
        }

        var (width, height) = _headers.Read(_inputs.Images[image].Path, _files.ImageHashes[image]).SizeUnder(_inputs.Policy.Orientation);
        return new(LabelFormat.Yolo, [_labels.ReadYolo(path, numbered!, width, height, yolo)]);
    }

    private List<(PlanImage Item, DatasetImage Image)> Judge(LabelPairing pairing, ClassList classes, CancellationToken cancellation)
    {
        var judge = new ImageJudge(classes, _inputs.Policy);
        var judged = new DatasetImage?[_inputs.Images.Length];
        InOrder(_inputs.Images.Length, (i, diagnostics) =>
        {
            var item = _inputs.Images[i];
            if (pairing.IsUnread(i))
            {
                return; // It has labels, and what is wrong with them has been told.
            }

            var hash = _files.ImageHashes[i];
            var image = new ImageToJudge(item.Path, item.Path, hash.ToString(), _headers.Read(item.Path, hash), pairing.Labels[i])
            {
                Weight = item.Weight,
                Negative = item.Negative,
            };
            if (judge.Judge(image, diagnostics) is { } accepted)
            {
                judged[i] = accepted.Objects.Length > 1 ? accepted with { Objects = accepted.Objects.Sort(DatasetOrder.OfObjects) } : accepted;
            }
        }, cancellation);
        List<(PlanImage Item, DatasetImage Image)> accepted = [.. _inputs.Images.Zip(judged).Where(pair => pair.Second is not null).Select(pair => (pair.First, pair.Second!))];
        _diagnostics.AddRange(DatasetJudge.FindRareClasses(accepted.Select(entry => entry.Image), classes, _inputs.Policy, _inputs.Classes.IsEmpty ? pairing.Labels : []));
        _diagnostics.AddRange(DatasetJudge.FindDuplicates(accepted.ConvertAll(entry => entry.Image), classes));
        if (BoxesBeyond.Find(judged.Index().Where(entry => entry.Item is not null && pairing.Labels[entry.Index] is not null)
            .Select(entry => (pairing.Labels[entry.Index]!, entry.Item!.Width, entry.Item.Height))) is { } beyond)
        {
            _diagnostics.Add(beyond);
        }

        if (_diagnostics.Any(found => found.Code == "NDB1040"))
        {
            _diagnostics.AddRange(DatasetJudge.FindMisnamed(classes, pairing.Labels));
        }

        return accepted;
    }

    private LabelPlaces Places(LabelPairing pairing, ClassList classes, Dataset dataset)
    {
        var labels = _inputs.Images.Index().ToDictionary(entry => entry.Item.Path, entry => pairing.Labels[entry.Index], StringComparer.Ordinal);
        var places = LabelPlaces.Of(dataset, image => labels[image.Path] is { } found ? classes.Rename(found) : null);
        return places with { ClassFile = _inputs.Annotations.Any(LabelFileReader.IsYolo) ? NumberedFile : null };
    }

    private (ImmutableArray<SplitItem> Items, PlannedSplit Planned, SplitResult Result) Split(
        List<(PlanImage Item, DatasetImage Image)> judged, ClassList classes, LabelPairing pairing)
    {
        var parts = new ChosenParts(_inputs, _ofMany, pairing, _diagnostics);
        var items = parts.Of(judged, classes);
        var state = PlannedSplit.StateOf(items, _inputs.Split);
        var record = new AcceptedSplits(_inputs.OutputFolder, ProjectPath.Full(_inputs.ProjectFolder, _inputs.SplitRecordFile)).RecordOf(state, _inputs.Split);
        var result = Splitter.Split(items, _inputs.Split, record);

        // With labels that could not be read, parts may be empty because of them.
        _diagnostics.AddRange(result.Diagnostics.Where(diagnostic => _unread == 0 || diagnostic.Code is not "NDB2006"));
        return (items, PlannedSplit.Of(state, result.Record), result);
    }

    private NanoDetConfiguration? Configure(Dataset dataset)
    {
        var overrides = OverrideProperties.Read(_inputs.Overrides, _diagnostics);
        var training = dataset.Of(DatasetPart.Train).Count();
        if (training == 0)
        {
            return null; // The split has said so.
        }

        var reading = _inputs.ConfigurationFile is { } file
            ? EffectiveConfiguration.OfFile(ProjectPath.Full(_inputs.ProjectFolder, file), dataset.Classes, training, overrides)
            : EffectiveConfiguration.OfPreset(_inputs.Preset, dataset.Classes, training, overrides);
        _diagnostics.AddRange(reading.Diagnostics);
        if (reading.Configuration is { } configuration)
        {
            _diagnostics.AddRange(SmallObjects.Find(dataset.Images, configuration));
        }

        return _inputs.ConfigurationFile is { } named && overrides.Pretrained is null ? WithFoundWeights(reading, named) : reading.Configuration;
    }

    /// <summary>The configuration with the path at which the weights that the file names are.</summary>
    private NanoDetConfiguration? WithFoundWeights(ConfigurationReading reading, string file)
    {
        if (reading.Configuration is not { Schedule: { LoadModel: { } given } schedule } configuration)
        {
            return reading.Configuration;
        }

        var weights = new ConfiguredWeights(_inputs.ProjectFolder, file, given);
        string[] places = weights.IsAddress ? [] : [.. weights.Places];
        var found = places.FirstOrDefault(place => File.Exists(ProjectPath.Full(_inputs.ProjectFolder, place)));
        Watched = Watched.AddRange(places.Where(place => place != found));
        if (found is null)
        {
            _diagnostics.Add(weights.NotThere(reading.Places["schedule.load_model"]));
        }

        return configuration with { Schedule = schedule with { LoadModel = found } };
    }

    /// <summary>The content of a file of weights; null for none.</summary>
    /// <param name="property">The property that names the file.</param>
    /// <param name="input">What the project says about the file.</param>
    /// <param name="given">Its path; null for none.</param>
    /// <param name="named">How a message begins that it is missing.</param>
    private ContentHash? FindWeights(string property, WeightInput input, string? given, string named)
    {
        if (input.IsFetched || given is null)
        {
            return input.IsFetched ? input.Hash : null;
        }

        var path = ProjectPath.Relative(_inputs.ProjectFolder, given);
        Watched = Watched.Add(path);
        var found = _own.Hash(path);
        if (found is null)
        {
            _diagnostics.Add(ProjectDiagnostics.FileMissing(path, null, named));
        }
        else if (input.Hash is { } expected && found != expected)
        {
            _diagnostics.Add(DownloadDiagnostics.WrongContent(path, property, $"{expected}", $"{found}"));
        }

        return found;
    }

    /// <summary>Works in parallel and collects the problems as if it had been done one after the other.</summary>
    private void InOrder(int count, Action<int, List<Diagnostic>> work, CancellationToken cancellation)
    {
        var problems = new List<Diagnostic>?[count];
        ParallelLoop.Run(count, new ParallelOptions { CancellationToken = cancellation }, (i, _) =>
        {
            var found = new List<Diagnostic>(0);
            try
            {
                work(i, found);
            }
            catch (NanoDetException exception)
            {
                found.AddRange(exception.Diagnostics);
            }

            problems[i] = found.Count > 0 ? found : null;
        });
        _diagnostics.AddRange(problems.Where(found => found is not null).SelectMany(found => found!));
    }
}
