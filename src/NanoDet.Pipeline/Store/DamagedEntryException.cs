namespace NanoDet.Pipeline.Store;

/// <summary>An entry or a blob is not what it says it is, and was not used.</summary>
public sealed class DamagedEntryException : Exception
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="reason">Half a sentence that begins with what is wrong.</param>
    /// <param name="innerException">The exception that was met, if any.</param>
    public DamagedEntryException(string reason, Exception? innerException = null)
        : base(reason, innerException)
    {
    }
}
