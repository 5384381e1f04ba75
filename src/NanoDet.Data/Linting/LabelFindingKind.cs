namespace NanoDet.Data.Linting;

/// <summary>What may be wrong with a label.</summary>
public enum LabelFindingKind
{
    /// <summary>NDB1601: the object looks like one of another class.</summary>
    OtherClass,

    /// <summary>NDB1602: an object has no label.</summary>
    NoLabel,

    /// <summary>NDB1603: the box is too large, too small or beside the object.</summary>
    Box,

    /// <summary>NDB1604: there is no object in the box.</summary>
    NoObject,

    /// <summary>NDB1605: the object has two labels.</summary>
    Twice,
}
