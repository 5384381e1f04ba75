namespace NanoDet.Pipeline.Store;

/// <summary>A result or a blob does not match its digest or is not valid, and was not used.</summary>
public sealed class DamagedEntryException : Exception
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="reason">Half a sentence that says what is wrong.</param>
    /// <param name="innerException">The cause, if it is an exception.</param>
    public DamagedEntryException(string reason, Exception? innerException = null)
        : base(reason, innerException)
    {
    }
}
