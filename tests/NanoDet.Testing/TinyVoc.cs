namespace NanoDet.Testing;

/// <summary>Small data sets of pictures with Pascal VOC labels, as labelImg writes them.</summary>
public static class TinyVoc
{
    /// <summary>Label file of one object.</summary>
    public static string Xml(string fileName, string className, int left = 4, string path = "C:\\labels\\x.png") => $"""
        <annotation>
          <folder>images</folder>
          <filename>{System.Security.SecurityElement.Escape(fileName)}</filename>
          <path>{path}</path>
          <size><width>64</width><height>48</height><depth>3</depth></size>
          <segmented>0</segmented>
          <object>
            <name>{className}</name>
            <pose>Unspecified</pose>
            <truncated>0</truncated>
            <difficult>0</difficult>
            <bndbox><xmin>{left}</xmin><ymin>5</ymin><xmax>30</xmax><ymax>40</ymax></bndbox>
          </object>
        </annotation>
        """;

    /// <summary>
    /// Writes one picture with its label file, dated a minute back: what was written in the last two seconds is read again by every
    /// plan, so that what a test counts would depend on how fast the machine is.
    /// </summary>
    public static void WritePair(TestFolder folder, int number, string className, string name, string images = "images", string annotations = "annotations")
    {
        Directory.CreateDirectory(folder[images]);
        var image = folder[$"{images}/{name}.png"];
        File.WriteAllBytes(image, TinyPng.Bytes(number));
        var label = folder.Write($"{annotations}/{name}.xml", Xml($"{name}.png", className));
        var time = DateTime.UtcNow.AddMinutes(-1);
        File.SetLastWriteTimeUtc(image, time);
        File.SetLastWriteTimeUtc(label, time);
    }

    /// <summary>Writes pairs <c>img0</c>, <c>img1</c> and so on, of the classes bolt and nut in turn.</summary>
    public static void Write(TestFolder folder, int count, string images = "images", string annotations = "annotations")
    {
        for (var i = 0; i < count; i++)
        {
            WritePair(folder, i, i % 2 == 0 ? "bolt" : "nut", $"img{i}", images, annotations);
        }
    }
}
