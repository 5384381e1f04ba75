namespace NanoDet.Training.Export;

/// <summary>A tensor in the exported graph, [batch, Channels, Height, Width].</summary>
/// <param name="Name">Its unique name in the graph.</param>
/// <param name="Channels">Second dimension.</param>
/// <param name="Height">Third dimension.</param>
/// <param name="Width">Fourth dimension.</param>
/// <param name="Order">The channel of the network at each place, -1 for zeros; null if they are in the network's order.</param>
internal readonly record struct Value(string Name, long Channels, long Height, long Width, IReadOnlyList<int>? Order = null);
