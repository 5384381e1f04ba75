namespace NanoDet.Data.Linting;

/// <summary>What a code of the lint is about, in two or three words.</summary>
internal static class LintWords
{
    /// <summary>Whether a code is one of the lint.</summary>
    public static bool Has(string code) => Of(code).Length > 0;

    /// <summary>The words of a code; empty for another code.</summary>
    public static string Of(string code) => code switch
    {
        "NDB1601" => "another class",
        "NDB1602" => "no label",
        "NDB1603" => "box does not fit",
        "NDB1604" => "no object",
        "NDB1605" => "two labels",
        _ => "",
    };
}
