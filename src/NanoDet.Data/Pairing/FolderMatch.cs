namespace NanoDet.Data.Pairing;

/// <summary>How well the folder of labels fits the folder of an image, best first.</summary>
internal enum FolderMatch
{
    /// <summary>The same folder.</summary>
    Same,

    /// <summary>
    /// Counterparts whose names say it: one is for labels where the other is for pictures (<c>VOC2007/Annotations</c> and
    /// <c>VOC2007/JPEGImages</c>, <c>labels/train</c> and <c>images/train</c>, <c>train_labels</c> and <c>train_images</c>), or one of the two has
    /// such a name more (<c>cat/xml</c> and <c>cat</c>).
    /// </summary>
    Standard,

    /// <summary>Other counterparts: one name differs (<c>json</c> and <c>photos</c>), or one of the two has one name more (<c>cat/first</c> and <c>cat</c>).</summary>
    Counterpart,

    /// <summary>More differs, but the last names agree (<c>annotations/cat</c> and <c>images/2024/cat</c>).</summary>
    LastName,

    /// <summary>One of the two has folders that the other does not have (<c>annotations</c> and <c>images/cat</c>).</summary>
    Flat,

    /// <summary>Both have folders that the other does not have (<c>annotations/north</c> and <c>images/south</c>).</summary>
    Different,
}
