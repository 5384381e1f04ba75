namespace NanoDet.Data.Linting;

/// <summary>The codes of findings.</summary>
internal static class LabelFindingCodes
{
    /// <summary>The code of the warning about a kind of finding.</summary>
    public static string Code(this LabelFindingKind kind) => kind switch
    {
        LabelFindingKind.OtherClass => "NDB1601",
        LabelFindingKind.NoLabel => "NDB1602",
        LabelFindingKind.Box => "NDB1603",
        LabelFindingKind.NoObject => "NDB1604",
        _ => "NDB1605",
    };
}
