using System.Text.Json.Serialization;

namespace NanoDet.Core.Models;

/// <summary>The lists in the metadata of a model as JSON, without reflection: programs may be trimmed.</summary>
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(double[]))]
internal sealed partial class ModelMetadataLists : JsonSerializerContext;
