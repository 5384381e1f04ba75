using NanoDet.Core.Geometry;

namespace NanoDet.Data.Labels.Voc;

/// <summary>The box of an object as its elements are read: <c>bndbox</c>, or the rotated <c>robndbox</c> of roLabelImg and LabelImg2.</summary>
internal struct VocBox()
{
    private double _xMin = double.NaN;
    private double _yMin = double.NaN;
    private double _xMax = double.NaN;
    private double _yMax = double.NaN;
    private double _angle;
    private bool _isCentered;

    /// <summary>Whether it is turned, other than by half a turn.</summary>
    public readonly bool IsRotated => _isCentered && Math.Abs(Math.Sin(_angle)) > 1e-6;

    /// <summary>The element that is still missing; null if the box is complete.</summary>
    public readonly VocElement? Missing
        => double.IsNaN(_xMin) ? (_isCentered ? VocElement.Cx : VocElement.XMin)
            : double.IsNaN(_yMin) ? (_isCentered ? VocElement.Cy : VocElement.YMin)
            : double.IsNaN(_xMax) ? (_isCentered ? VocElement.W : VocElement.XMax)
            : double.IsNaN(_yMax) ? (_isCentered ? VocElement.H : VocElement.YMax) : null;

    /// <summary>Whether an element is a number of a box.</summary>
    public static bool Has(VocElement box, VocElement member)
        => (box == VocElement.BndBox && member is >= VocElement.XMin and <= VocElement.YMax)
            || (box == VocElement.RobndBox && member is >= VocElement.Cx and <= VocElement.Angle);

    /// <summary>Takes a number.</summary>
    public void Take(VocElement member, double value)
    {
        _isCentered = member >= VocElement.Cx;
        switch (member)
        {
            case VocElement.XMin or VocElement.Cx:
                _xMin = value;
                break;
            case VocElement.YMin or VocElement.Cy:
                _yMin = value;
                break;
            case VocElement.XMax or VocElement.W:
                _xMax = value;
                break;
            case VocElement.YMax or VocElement.H:
                _yMax = value;
                break;
            default:
                _angle = value;
                break;
        }
    }

    /// <summary>The box, or the upright one around it; the angle is in radians.</summary>
    public readonly BoundingBox ToUpright() => _isCentered ? RotatedBox.Around(_xMin, _yMin, _xMax, _yMax, _angle) : new(_xMin, _yMin, _xMax, _yMax);
}
