using NanoDet.Imaging;
using NanoDet.Imaging.Warping;
using NanoDet.Vision.Filters;
using NanoDet.Vision.Randomness;

namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>One pass over the pixels of an image.</summary>
internal abstract record PixelPass
{
    /// <summary>Runs the pass.</summary>
    /// <param name="source">The image to read.</param>
    /// <param name="target">The image to write: another image of the same size.</param>
    public abstract void Apply(PixelImage source, PixelImage target);
}

/// <summary>Changes values with a table.</summary>
internal sealed record TablePass(PointTable Table) : PixelPass
{
    public override void Apply(PixelImage source, PixelImage target) => Table.Apply(source, target);
}

/// <summary>Changes values with a table, then blurs.</summary>
internal sealed record BlurPass(double Sigma, PointTable Table) : PixelPass
{
    public override void Apply(PixelImage source, PixelImage target) => GaussianBlur.Apply(source, target, Sigma, Table);
}

/// <summary>Multiplies the saturation.</summary>
internal sealed record SaturationPass(double Factor) : PixelPass
{
    public override void Apply(PixelImage source, PixelImage target) => PixelFilters.Saturate(source, target, Factor);
}

/// <summary>Adds noise.</summary>
internal sealed record NoisePass(double Sigma, KeyedRandom Random) : PixelPass
{
    public override void Apply(PixelImage source, PixelImage target) => PixelFilters.AddNoise(source, target, Sigma, Random);
}

/// <summary>Flips, exactly.</summary>
internal sealed record FlipPass(bool Horizontal, bool Vertical) : PixelPass
{
    public override void Apply(PixelImage source, PixelImage target) => PixelFilters.Flip(source, target, Horizontal, Vertical);
}

/// <summary>Warps.</summary>
internal sealed record WarpPass(Homography Matrix) : PixelPass
{
    public override void Apply(PixelImage source, PixelImage target) => ImageWarp.Apply(source, Matrix, target);
}
