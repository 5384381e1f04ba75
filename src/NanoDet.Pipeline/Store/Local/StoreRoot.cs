using System.Collections.Immutable;

namespace NanoDet.Pipeline.Store.Local;

/// <summary>A model that was good enough, and the entries it came from: as long as it is remembered, they are not pruned.</summary>
/// <param name="Name">The model's name (<c>NanoDetModelName</c>).</param>
/// <param name="Version">Its version, with the digest of the ONNX file.</param>
/// <param name="Keys">The entries.</param>
public sealed record StoreRoot(string Name, string Version, ImmutableArray<string> Keys);
