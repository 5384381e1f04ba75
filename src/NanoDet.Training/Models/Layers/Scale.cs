using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers;

/// <summary>One trainable factor (<c>nanodet/model/module/scale.py</c>).</summary>
public sealed class Scale : NamedModule<Tensor, Tensor>
{
    /// <summary>Makes the factor, initially 1.</summary>
    public Scale()
        : base(nameof(Scale)) => register_parameter("scale", new Parameter(tensor(1f)));

    /// <summary>The factor, a scalar.</summary>
    public Parameter Factor => get_parameter("scale")!;

    /// <summary>Any shape, unchanged.</summary>
    public override Tensor forward(Tensor input) => input * Factor;
}
