using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Discovery;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Voc;
using NanoDet.Data.Labels.Yolo;
using NanoDet.Data.Linting;
using NanoDet.Tool.Diagnostics;

namespace NanoDet.Tool.Linting;

/// <summary>Writes the labels as they would be if findings were right, each image's beside its label file, and leaves that as it is.</summary>
/// <param name="labels">The labels.</param>
/// <param name="overwrite">Whether existing proposals are replaced; somebody may have corrected them.</param>
/// <param name="problem">Takes the proposals that are kept, and those that cannot be written.</param>
internal sealed class ProposedLabels(LintedLabels labels, bool overwrite, Action<Diagnostic> problem)
{
    /// <summary>
    /// Writes a file for each image with a finding: YOLO's text where its labels are such text and list all classes that are proposed, and
    /// otherwise Pascal VOC, which labelImg opens.
    /// </summary>
    /// <returns>The files that were written.</returns>
    public ImmutableArray<string> Write(IEnumerable<ToldFinding> findings)
    {
        var written = ImmutableArray.CreateBuilder<string>();
        var crowds = 0;
        foreach (var image in findings.Select(told => told.Finding).GroupBy(finding => finding.Image).OrderBy(group => group.Key))
        {
            var (of, picture) = labels.Labels[image.Key];
            var folder = Path.GetDirectoryName(of.Location?.File ?? picture!);
            var (corrected, added) = Corrected(of.Objects, image);
            var isYolo = labels.Labels[image.Key].AreYolo
                && corrected.OfType<LabeledObject>().Concat(added).All(labeled => labels.Numbered.IndexOf(labeled.ClassName) >= 0);
            var file = Path.Combine(folder ?? "", Path.GetFileNameWithoutExtension(picture!) + (isYolo ? ProposedFile.YoloEnding : ProposedFile.Ending));
            void WriteText() => new YoloCorrection(labels.Numbered, of.Width!.Value, of.Height!.Value)
                .Write(of.Location!.Value.File, file, of.Objects.Zip(corrected).Where(entry => entry.First != entry.Second), added);
            void WriteVoc() => VocWriter.Write(file, of with { FileName = Path.GetFileName(picture!), Objects = [.. corrected.OfType<LabeledObject>(), .. added] });

            if (written.Contains(file))
            {
                problem(ToolDiagnostics.LabelsClash(of.Location ?? new(picture!), of.FileName, file));
            }
            else if (File.Exists(file) && !overwrite)
            {
                problem(ToolDiagnostics.LabelsExist(file));
            }
            else if (TryWrite(file, isYolo ? WriteText : WriteVoc))
            {
                written.Add(file);
                crowds += of.Objects.Count(labeled => labeled.Crowd);
            }
        }

        if (crowds > 0)
        {
            problem(ToolDiagnostics.FlagsLost(crowds, nameof(LabelFormat.Voc)));
        }

        return written.DrainToImmutable();
    }

    /// <summary>The objects as they should be, null for one that goes, and those that are missing.</summary>
    private (LabeledObject?[] Objects, List<LabeledObject> Added) Corrected(ImmutableArray<LabeledObject> objects, IEnumerable<LabelFinding> findings)
    {
        LabeledObject?[] corrected = [.. objects.Select(labeled => (LabeledObject?)labeled)];
        var added = new List<LabeledObject>();
        foreach (var finding in findings)
        {
            switch (finding)
            {
                case { Object: null }:
                    added.Add(new(labels.Classes.Names[finding.Subject.Label], Whole(finding.Subject.Box)));
                    break;
                case { Object: { } index, Kind: LabelFindingKind.OtherClass, Suggestion: { } seen }:
                    corrected[index] = objects[index] with { ClassName = labels.Classes.Names[seen.Label] };
                    break;
                case { Object: { } index, Kind: LabelFindingKind.Box, Suggestion: { } seen }:
                    corrected[index] = objects[index] with { Box = Whole(seen.Box) };
                    break;
                case { Object: { } index }:
                    corrected[index] = null;
                    break;
            }
        }

        return (corrected, added);
    }

    private bool TryWrite(string file, Action write)
    {
        try
        {
            WrittenFile.Write(file, write);
            return true;
        }
        catch (NanoDetException exception)
        {
            problem(exception.Diagnostic);
            return false;
        }
    }

    // As people draw them.
    private static BoundingBox Whole(BoundingBox box) => new(Math.Round(box.Left), Math.Round(box.Top), Math.Round(box.Right), Math.Round(box.Bottom));
}
