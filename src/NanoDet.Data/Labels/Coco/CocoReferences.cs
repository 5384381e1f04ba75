using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels.Coco;

/// <summary>Checks the ids by which the entries of a file refer to each other.</summary>
/// <param name="errors">Takes what is wrong.</param>
internal sealed class CocoReferences(LabelErrors errors)
{
    /// <summary>Whether every entry of <c>images</c> could be read. An id that is not there may be that of another one.</summary>
    public bool HasAllImages { get; set; }

    /// <summary>The same for <c>categories</c>.</summary>
    public bool HasAllCategories { get; set; }

    /// <summary>Checks a document.</summary>
    /// <param name="document">What was read.</param>
    /// <returns>The document without annotations of images that are not listed, which is told.</returns>
    public CocoDocument Check(CocoDocument document)
    {
        var images = new HashSet<long>(document.Images.Length);
        foreach (var image in document.Images.Where(image => !images.Add(image.Id)))
        {
            errors.Add(LabelDiagnostics.RepeatedId(image.Location!.Value, "images", CocoId.Show(image.Id)));
        }

        var categories = new HashSet<long>();
        foreach (var category in document.Categories.Where(category => !categories.Add(category.Id)))
        {
            errors.Add(LabelDiagnostics.RepeatedId(category.Location!.Value, "categories", CocoId.Show(category.Id)));
        }

        document = HasAllImages ? WithImages(document, images) : document;
        foreach (var annotation in document.Annotations)
        {
            if (HasAllCategories && !categories.Contains(annotation.CategoryId))
            {
                errors.Add(LabelDiagnostics.DanglingReference(annotation.Location!.Value, "category", CocoId.Show(annotation.CategoryId)));
            }
        }

        // Where nothing of the file is used, its warnings would be told only after its errors are mended.
        foreach (var (_, problem) in errors.Any ? document.Problems : [])
        {
            errors.Add(problem);
        }

        return document;
    }

    /// <summary>
    /// Without the annotations of images that are not listed, which were taken out of <c>images</c> alone. Where none would be left, the ids
    /// are those of another file: one error says so, unless some could not be read, of which nobody knows that.
    /// </summary>
    private CocoDocument WithImages(CocoDocument document, HashSet<long> images)
    {
        var lost = default(ProblemCount);
        long first = 0;
        foreach (var annotation in document.Annotations)
        {
            if (!images.Contains(annotation.ImageId))
            {
                first = lost.Count == 0 ? annotation.ImageId : first;
                lost.Add(annotation.Location!.Value);
            }
        }

        if (lost.Count > 0 && lost.Count == document.Annotations.Length && !errors.Any)
        {
            errors.Add(LabelDiagnostics.DanglingReference(lost.First, "image", CocoId.Show(first)));
        }

        return lost.Count == 0 || lost.Count == document.Annotations.Length ? document : document with
        {
            Annotations = document.Annotations.RemoveAll(annotation => !images.Contains(annotation.ImageId)),
            Problems = document.Problems.Add((first, LabelDiagnostics.ImagesOfAnnotationsMissing(lost.First, lost.Count))),
        };
    }
}
