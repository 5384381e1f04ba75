namespace NanoDet.Tool.Results;

/// <summary>One form of results. Pictures come one after the other; the document is complete after <see cref="Finish"/>.</summary>
internal abstract class ResultWriter
{
    /// <summary>Adds what was found in a picture.</summary>
    public abstract void Write(DetectedPicture picture);

    /// <summary>Ends the document.</summary>
    public virtual void Finish()
    {
    }
}
