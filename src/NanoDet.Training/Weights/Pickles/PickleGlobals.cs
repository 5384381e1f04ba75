namespace NanoDet.Training.Weights.Pickles;

/// <summary>Resolves the imports of a pickle.</summary>
internal static class PickleGlobals
{
    /// <summary>Resolves an import: a <see cref="PickleName"/>, or the <see cref="ElementType"/> of a storage class.</summary>
    /// <exception cref="ForbiddenPickleException">The name is not one that weights need.</exception>
    public static object Find(object? module, object? name) => (module, name) switch
    {
        ("collections", "OrderedDict") => PickleName.OrderedDict,
        ("torch._utils", "_rebuild_tensor_v2") => PickleName.RebuildTensor,
        ("torch._utils", "_rebuild_parameter") => PickleName.RebuildParameter,
        ("torch", "BoolStorage") => ElementType.Bool,
        ("torch", "ByteStorage") => ElementType.UInt8,
        ("torch", "CharStorage") => ElementType.Int8,
        ("torch", "ShortStorage") => ElementType.Int16,
        ("torch", "IntStorage") => ElementType.Int32,
        ("torch", "LongStorage") => ElementType.Int64,
        ("torch", "HalfStorage") => ElementType.Float16,
        ("torch", "BFloat16Storage") => ElementType.BFloat16,
        ("torch", "FloatStorage") => ElementType.Float32,
        ("torch", "DoubleStorage") => ElementType.Float64,
        (string place, string what) => throw new ForbiddenPickleException($"'{Beginning(place)}.{Beginning(what)}'"),
        _ => throw new ForbiddenPickleException("a name that is not a string"),
    };

    // A name in the file can be a megabyte long.
    private static string Beginning(string name) => name[..Math.Min(name.Length, 80)];
}
