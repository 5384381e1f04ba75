using System.Collections.Immutable;

namespace NanoDet.Data.Labels;

/// <summary>What a label file holds.</summary>
/// <param name="Form">The form of the file.</param>
/// <param name="Images">The labels.</param>
internal readonly record struct LabelFileContent(LabelFormat Form, ImmutableArray<LabeledImage> Images)
{
    /// <summary>The classes that the file lists, in its order, with those that no object has; empty in forms that list none.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    /// <summary>Whether it is about one image, so that the file's own name says which.</summary>
    public bool IsOfOneImage => !Form.NamesImages();
}
