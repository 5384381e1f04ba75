namespace NanoDet.Data.Pairing;

/// <summary>How well the folder of labels fits the folder of an image, best first.</summary>
internal enum FolderMatch
{
    /// <summary>The same folder.</summary>
    Same,

    /// <summary>
    /// Counterparts: one name differs (<c>VOC2007/Annotations</c> and <c>VOC2007/JPEGImages</c>, <c>labels/train</c> and
    /// <c>images/train</c>), or one of the two has one name more (<c>cat/xml</c> and <c>cat</c>).
    /// </summary>
    Counterpart,

    /// <summary>More differs, but the last names agree (<c>annotations/cat</c> and <c>images/2024/cat</c>).</summary>
    LastName,

    /// <summary>One of the two has folders that the other does not have (<c>annotations</c> and <c>images/cat</c>).</summary>
    Flat,

    /// <summary>Both have folders that the other does not have (<c>annotations/north</c> and <c>images/south</c>).</summary>
    Different,
}
