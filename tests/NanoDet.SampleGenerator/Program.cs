using System.Globalization;
using NanoDet.Data.Files;
using NanoDet.Data.Labels.Voc;
using NanoDet.SampleGenerator.Rendering;
using NanoDet.SampleGenerator.Scenes;

// Draws the whole data set again: dotnet run -c Release --project tests/NanoDet.SampleGenerator -- sample-project
const int pictures = 180;
if (args is not [var folder])
{
    Console.Error.WriteLine("usage: NanoDet.SampleGenerator FOLDER    writes FOLDER/images/*.jpg and FOLDER/annotations/*.xml");
    return 2;
}

Parallel.For(1, pictures + 1, number =>
{
    var name = string.Create(CultureInfo.InvariantCulture, $"bench-{number:000}");
    var scene = new Scene(number);
    AtomicFile.Write(Path.Combine(folder, "images", name + ".jpg"), Jpeg.Encode(Photograph.Take(scene)));
    VocWriter.Write(Path.Combine(folder, "annotations", name + ".xml"), SceneLabels.Of(scene, name + ".jpg"));
});
return 0;
