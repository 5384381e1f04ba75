using NanoDet.Data.Configuration;
using NanoDet.Imaging;
using NanoDet.Imaging.Warping;
using NanoDet.Vision.Randomness;

namespace NanoDet.Vision.Augmentation;

/// <summary>
/// The randomly drawn geometry of one sample: <c>M = Resize T F Sh R Str Scl P C</c> (<c>ShapeTransform</c> in the original's
/// <c>warp.py</c>; C moves the centre of the image to the origin).
/// </summary>
public sealed record ShapeTransform
{
    /// <summary>Perspective coefficient in x.</summary>
    public double PerspectiveX { get; init; }

    /// <summary>Perspective coefficient in y.</summary>
    public double PerspectiveY { get; init; }

    /// <summary>Factor on both sides.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Factor on the width.</summary>
    public double StretchX { get; init; } = 1;

    /// <summary>Factor on the height.</summary>
    public double StretchY { get; init; } = 1;

    /// <summary>Degrees, counter-clockwise.</summary>
    public double Rotation { get; init; }

    /// <summary>Degrees whose tangent moves x with y.</summary>
    public double ShearX { get; init; }

    /// <summary>Degrees whose tangent moves y with x.</summary>
    public double ShearY { get; init; }

    /// <summary>Whether left and right are swapped.</summary>
    public bool Flip { get; init; }

    /// <summary>The new position of the centre, as a share of the width; 0.5 for no change.</summary>
    public double TranslateX { get; init; } = 0.5;

    /// <summary>The new position of the centre, as a share of the height; 0.5 for no change.</summary>
    public double TranslateY { get; init; } = 0.5;

    /// <summary>
    /// Draws a geometry. Every value uses its random number even if its range is a single value, so that a change of one range
    /// does not change the other values.
    /// </summary>
    public static ShapeTransform Draw(PipelineConfiguration pipeline, KeyedRandom random) => new()
    {
        PerspectiveX = random.NextDouble(-pipeline.Perspective, pipeline.Perspective),
        PerspectiveY = random.NextDouble(-pipeline.Perspective, pipeline.Perspective),
        Scale = random.NextDouble(pipeline.Scale.Low, pipeline.Scale.High),
        StretchX = random.NextDouble(pipeline.StretchX.Low, pipeline.StretchX.High),
        StretchY = random.NextDouble(pipeline.StretchY.Low, pipeline.StretchY.High),
        Rotation = random.NextDouble(-pipeline.Rotation, pipeline.Rotation),
        ShearX = random.NextDouble(-pipeline.Shear, pipeline.Shear),
        ShearY = random.NextDouble(-pipeline.Shear, pipeline.Shear),
        Flip = random.NextChance(pipeline.Flip),
        TranslateX = random.NextDouble(0.5 - pipeline.Translate, 0.5 + pipeline.Translate),
        TranslateY = random.NextDouble(0.5 - pipeline.Translate, 0.5 + pipeline.Translate),
    };

    /// <summary>Returns the matrix from the image to the canvas.</summary>
    /// <param name="source">Size of the image.</param>
    /// <param name="canvas">Size of the canvas, from <see cref="ResizePolicy.Canvas"/>.</param>
    /// <param name="keepRatio">Whether the image keeps its aspect ratio.</param>
    public Homography Matrix(PixelSize source, PixelSize canvas, bool keepRatio)
    {
        var matrix = Homography.Perspective(PerspectiveX, PerspectiveY) * Homography.Translate(-source.Width / 2.0, -source.Height / 2.0);
        matrix = Homography.Scale(Scale, Scale) * matrix;
        matrix = Homography.Scale(StretchX, StretchY) * matrix;
        matrix = Homography.Rotate(Rotation) * matrix;
        matrix = Homography.Shear(ShearX, ShearY) * matrix;
        matrix = Homography.Scale(Flip ? -1 : 1, 1) * matrix;
        matrix = Homography.Translate(TranslateX * source.Width, TranslateY * source.Height) * matrix;
        return ResizePolicy.Matrix(source, canvas, keepRatio) * matrix;
    }
}
