using NanoDet.Core.Diagnostics;
using NanoDet.Imaging.Drawing;

namespace NanoDet.Tool.Results;

/// <summary>Reports each class whose name no font of this machine can draw, once.</summary>
/// <param name="problem">Takes the reports.</param>
internal sealed class FontCheck(Action<Diagnostic> problem)
{
    private readonly HashSet<int> _checked = [];

    /// <summary>Checks boxes that are about to be drawn.</summary>
    public void Check(IEnumerable<DrawnBox> boxes)
    {
        foreach (var box in boxes)
        {
            if (_checked.Add(box.Label) && BoxPainter.Unwritable([box.Name]).Count > 0)
            {
                problem(ImageDiagnostics.UnwritableName(box.Name, box.Label));
            }
        }
    }
}
