namespace NanoDet.Training.Export;

/// <summary>A tensor that flows through the exported graph, [batch, Channels, Height, Width].</summary>
/// <param name="Name">Its name in the graph, given once.</param>
/// <param name="Channels">Second dimension.</param>
/// <param name="Height">Third dimension.</param>
/// <param name="Width">Fourth dimension.</param>
internal readonly record struct Value(string Name, long Channels, long Height, long Width);
