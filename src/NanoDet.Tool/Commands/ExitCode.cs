namespace NanoDet.Tool.Commands;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    /// <summary>All was done.</summary>
    public const int Done = 0;

    /// <summary>Something could not be done; standard error says what. The rest was.</summary>
    public const int Failed = 1;

    /// <summary>The command line makes no sense; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl+C, as shells report it.</summary>
    public const int Cancelled = 130;
}
