namespace NanoDet.Training.Export.Ncnn;

/// <summary>The two files of a model for ncnn.</summary>
/// <param name="Param">The layers, as text (<c>.param</c>).</param>
/// <param name="Bin">The weights (<c>.bin</c>).</param>
public sealed record NcnnModel(string Param, byte[] Bin);
