namespace NanoDet.Tool.Results;

/// <summary>Writes results in one format. Images are added one by one; the document is complete after <see cref="Finish"/>.</summary>
internal abstract class ResultWriter
{
    /// <summary>Adds the detections in an image.</summary>
    public abstract void Write(DetectedPicture picture);

    /// <summary>Passes over an image that cannot be decoded.</summary>
    /// <param name="path">The image.</param>
    public virtual void Skip(string path)
    {
    }

    /// <summary>What was written and where, for people; null where that is plain.</summary>
    public virtual string? Summary => null;

    /// <summary>Ends the document.</summary>
    public virtual void Finish()
    {
    }
}
