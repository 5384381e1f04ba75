namespace NanoDet.Training.Export;

/// <summary>A tensor in the exported graph, [batch, Channels, Height, Width].</summary>
/// <param name="Name">Its unique name in the graph.</param>
/// <param name="Channels">Second dimension.</param>
/// <param name="Height">Third dimension.</param>
/// <param name="Width">Fourth dimension.</param>
internal readonly record struct Value(string Name, long Channels, long Height, long Width);
