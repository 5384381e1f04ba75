using System.Globalization;
using NanoDet.Data.Files;
using NanoDet.Data.Labels.Voc;
using NanoDet.SampleGenerator.Rendering;
using NanoDet.SampleGenerator.Scenes;

// Draws the whole data set again: dotnet run -c Release --project tests/NanoDet.SampleGenerator -- sample-project
// Other numbers give other pictures: base-weights has the recipe that uses them.
var (folder, first, count) = args switch
{
    [var path] => (path, 1, 180),
    [var path, var from, var many] => (path, int.Parse(from, CultureInfo.InvariantCulture), int.Parse(many, CultureInfo.InvariantCulture)),
    _ => (null, 0, 0),
};
if (folder is null)
{
    Console.Error.WriteLine("usage: NanoDet.SampleGenerator FOLDER [FIRST COUNT]    writes FOLDER/images/*.jpg and FOLDER/annotations/*.xml");
    return 2;
}

// Unbounded, the thread pool takes a picture of a second for a thread that hangs, and adds hundreds.
Parallel.For(first, first + count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, number =>
{
    var name = string.Create(CultureInfo.InvariantCulture, $"bench-{number:000}");
    var scene = new Scene(number);
    AtomicFile.Write(Path.Combine(folder, "images", name + ".jpg"), Jpeg.Encode(Photograph.Take(scene)));
    VocWriter.Write(Path.Combine(folder, "annotations", name + ".xml"), SceneLabels.Of(scene, name + ".jpg"));
});
return 0;
