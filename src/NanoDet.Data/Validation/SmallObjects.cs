using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Validation;

/// <summary>Finds objects that are too small to be learnt once their image has the size of the network's input.</summary>
public static class SmallObjects
{
    // A few small objects among many are usual, and nothing to do about.
    private const double UsualShare = 0.05;

    /// <summary>Warns if more than one object in twenty is narrower or lower than half of the network's finest stride.</summary>
    /// <param name="images">The images; ignored objects do not count.</param>
    /// <param name="configuration">The size of the input, and the strides.</param>
    public static IEnumerable<Diagnostic> Find(IEnumerable<DatasetImage> images, NanoDetConfiguration configuration)
    {
        var (input, least) = (configuration.Validation, configuration.Model.Head.Strides.Min() / 2.0);
        var (small, all) = (0, 0);
        foreach (var image in images)
        {
            var (x, y) = ((double)input.Width / image.Width, (double)input.Height / image.Height);
            (x, y) = input.KeepRatio ? (Math.Min(x, y), Math.Min(x, y)) : (x, y);
            foreach (ref readonly var item in image.Objects.AsSpan())
            {
                all += item.Ignored ? 0 : 1;
                small += !item.Ignored && Math.Min(item.Box.Width * x, item.Box.Height * y) < least ? 1 : 0;
            }
        }

        return small > all * UsualShare ? [LabelDiagnostics.SmallBoxes(small, all, least, input.Width, input.Height)] : [];
    }
}
