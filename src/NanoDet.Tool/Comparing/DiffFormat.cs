namespace NanoDet.Tool.Comparing;

/// <summary>The output format of a comparison.</summary>
internal enum DiffFormat
{
    /// <summary>Columns for people.</summary>
    Table,

    /// <summary>Markdown, for a pull request.</summary>
    Markdown,

    /// <summary>JSON, for a program.</summary>
    Json,
}
