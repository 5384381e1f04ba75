namespace NanoDet.Training.Weights.Pickles;

/// <summary>The only names that a pickle may import; each is one of our values, never a type or function with that name.</summary>
internal enum PickleName
{
    /// <summary><c>collections.OrderedDict</c>, called without arguments.</summary>
    OrderedDict,

    /// <summary><c>torch._utils._rebuild_tensor_v2</c>.</summary>
    RebuildTensor,

    /// <summary><c>torch._utils._rebuild_parameter</c>: a tensor that is trained.</summary>
    RebuildParameter,
}
