using NanoDet.Training.Models.Layers;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Heads;

/// <summary>Computes a distance as the expectation of a distribution over 0 to RegMax (Generalized Focal Loss, Li et al., 2020).</summary>
public sealed class Integral : NamedModule<Tensor, Tensor>
{
    /// <summary>Makes the projection.</summary>
    /// <param name="regMax">Largest distance, in strides.</param>
    public Integral(int regMax)
        : base(nameof(Integral)) => register_buffer("project", linspace(0, regMax, regMax + 1));

    /// <summary>The distances 0 to RegMax, [RegMax + 1].</summary>
    public Tensor Project => get_buffer("project")!;

    /// <summary>Logits [N, 4 (RegMax + 1)] to distances [N, 4], in strides.</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return input.reshape(-1, Project.shape[0]).softmax(1).matmul(Project).reshape(-1, 4).MoveToOuterDisposeScope();
    }
}
