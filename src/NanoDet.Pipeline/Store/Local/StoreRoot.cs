using System.Collections.Immutable;

namespace NanoDet.Pipeline.Store.Local;

/// <summary>An accepted model and the entries that it needs. They are not pruned as long as the root exists.</summary>
/// <param name="Name">The model's name (<c>NanoDetModelName</c>).</param>
/// <param name="Version">Its version, with the digest of the ONNX file.</param>
/// <param name="Keys">The entries.</param>
public sealed record StoreRoot(string Name, string Version, ImmutableArray<string> Keys);
