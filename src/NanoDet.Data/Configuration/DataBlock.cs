using System.Collections.Immutable;
using NanoDet.Data.Datasets;
using NanoDet.Data.Labels;

namespace NanoDet.Data.Configuration;

/// <summary>The images and labels that a section of a configuration file names: <c>data.train</c> or <c>data.val</c>.</summary>
/// <param name="Section">The dotted path of the section.</param>
/// <param name="Part">The part of its images.</param>
/// <param name="Form">The form of its labels (<c>name</c>).</param>
/// <param name="Images">The folder of the images, relative to the file's folder (<c>img_path</c>); null for none.</param>
/// <param name="Labels">COCO's file, or the folder of the labels, relative to the file's folder (<c>ann_path</c>); null for none.</param>
/// <param name="ClassNames">Class names in label order: those of the section, or else of the file; empty for none.</param>
public sealed record DataBlock(string Section, DatasetPart Part, LabelFormat Form, string? Images, string? Labels, ImmutableArray<string> ClassNames);
