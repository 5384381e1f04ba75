using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers;

/// <summary>
/// A module whose parts have only the names that they are registered with: TorchSharp would register each field a
/// second time under its C# name.
/// </summary>
/// <typeparam name="TInput">The type of the input.</typeparam>
/// <typeparam name="TOutput">The type of the output.</typeparam>
public abstract class NamedModule<TInput, TOutput> : nn.Module<TInput, TOutput>
{
    private protected NamedModule(string name)
        : base(name)
    {
    }

    /// <summary>Does nothing, because the constructors register the parts.</summary>
    protected sealed override void RegisterComponents()
    {
    }
}
