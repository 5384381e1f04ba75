using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers;

/// <summary>
/// A module whose parts have the names they are registered with, and no others: TorchSharp would register each field a
/// second time under its C# name.
/// </summary>
/// <typeparam name="TInput">What goes in.</typeparam>
/// <typeparam name="TOutput">What comes out.</typeparam>
public abstract class NamedModule<TInput, TOutput> : nn.Module<TInput, TOutput>
{
    private protected NamedModule(string name)
        : base(name)
    {
    }

    /// <summary>Nothing: the constructors register.</summary>
    protected sealed override void RegisterComponents()
    {
    }
}
