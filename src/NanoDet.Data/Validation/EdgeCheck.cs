using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Labels;

namespace NanoDet.Data.Validation;

/// <summary>Cuts boxes at the edge of their image.</summary>
internal static class EdgeCheck
{
    // Rounding of the last digit in label tools can move edges this far outside; this is not worth a warning.
    private const double Tolerance = 0.5;

    /// <summary>Cuts the box of an object.</summary>
    /// <param name="labeled">The object.</param>
    /// <param name="location">The place of its box.</param>
    /// <param name="width">Width of the image in pixels.</param>
    /// <param name="height">Its height in pixels.</param>
    /// <param name="policy">What becomes of a box that reaches beyond the image.</param>
    /// <param name="diagnostics">Takes NDB1031 and NDB1032.</param>
    /// <returns>The part on the image; null if the box is left out.</returns>
    public static BoundingBox? Run(in LabeledObject labeled, SourceLocation location, int width, int height, OutsidePolicy policy, ICollection<Diagnostic> diagnostics)
    {
        var box = labeled.Box.Clip(width, height);
        var isBeyond = Math.Max(Math.Max(-labeled.Box.Left, -labeled.Box.Top), Math.Max(labeled.Box.Right - width, labeled.Box.Bottom - height)) > Tolerance;
        if (box.IsDegenerate || (isBeyond && policy == OutsidePolicy.Drop))
        {
            diagnostics.Add(LabelDiagnostics.BoxOutside(location, labeled.ClassName, labeled.Box, width, height));
            return null;
        }

        if (isBeyond)
        {
            diagnostics.Add(LabelDiagnostics.BoxClipped(location, labeled.ClassName, labeled.Box, width, height));
        }

        return box;
    }
}
