using System.Collections.Immutable;
using NanoDet.Data.Augmentation;
using NanoDet.Imaging.Warping;
using NanoDet.Vision.Filters;
using NanoDet.Vision.Randomness;

namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>
/// Combines many steps into few passes. Consecutive changes of value become one table, which the blur applies too.
/// Consecutive changes of geometry become one warp, so pixels are interpolated once; a flip commutes with
/// everything that treats all pixels alike, and so is merged into the next change of geometry.
/// </summary>
/// <param name="random">The random numbers for noise.</param>
internal sealed class PassPlanner(KeyedRandom random)
{
    // Below it, a kernel in units of 1/256 is only its centre.
    private const double LeastSigma = 0.01;

    private readonly ImmutableArray<PixelPass>.Builder _passes = ImmutableArray.CreateBuilder<PixelPass>();
    private PointTable _table = PointTable.Identity;
    private Homography _matrix = Homography.Identity;
    private (bool Horizontal, bool Vertical) _flips;
    private bool _resamples;

    /// <summary>Adds a change of geometry.</summary>
    public void Move(AugmentationStep step, in Homography geometry)
    {
        _matrix = geometry * _matrix;
        if (step is FlipHorizontalStep or FlipVerticalStep)
        {
            _flips = (_flips.Horizontal ^ step is FlipHorizontalStep, _flips.Vertical ^ step is FlipVerticalStep);
            return;
        }

        if (!_resamples)
        {
            FlushTable();
        }

        _resamples = true;
    }

    /// <summary>Adds a change of values.</summary>
    public void Change(DrawnStep step)
    {
        if (_resamples)
        {
            FlushGeometry();
        }

        var value = step.Values[0];
        switch (step.Step)
        {
            case MultiplyStep:
                _table = _table.Then(value, 0);
                break;
            case BrightnessStep:
                _table = _table.Then(1, value);
                break;
            case ContrastStep:
                _table = _table.Then(value, 128 * (1 - value));
                break;
            case GaussianBlurStep when value >= LeastSigma:
                _passes.Add(new BlurPass(value, _table));
                _table = PointTable.Identity;
                break;
            case SaturationStep:
                FlushTable();
                _passes.Add(new SaturationPass(value));
                break;
            case GaussianNoiseStep:
                FlushTable();
                _passes.Add(new NoisePass(value, random));
                break;
        }
    }

    /// <summary>Returns the passes.</summary>
    public ImmutableArray<PixelPass> Finish()
    {
        // If a warp is pending, the table has already been added; flips commute with it.
        FlushTable();
        FlushGeometry();
        return _passes.DrainToImmutable();
    }

    private void FlushTable()
    {
        if (!_table.IsIdentity)
        {
            _passes.Add(new TablePass(_table));
            _table = PointTable.Identity;
        }
    }

    private void FlushGeometry()
    {
        if (_resamples)
        {
            _passes.Add(new WarpPass(_matrix));
        }
        else if (_flips.Horizontal || _flips.Vertical)
        {
            _passes.Add(new FlipPass(_flips.Horizontal, _flips.Vertical));
        }

        (_matrix, _flips, _resamples) = (Homography.Identity, default, false);
    }
}
