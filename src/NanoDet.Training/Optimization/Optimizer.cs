using NanoDet.Data.Configuration;
using static TorchSharp.torch;

namespace NanoDet.Training.Optimization;

/// <summary>
/// Updates parameters by their gradients. Its state is tensors by name, so that a checkpoint can contain it and a resumed
/// training continues exactly. It uses PyTorch's formulas in PyTorch's order, so that the numbers are the original's.
/// </summary>
public abstract class Optimizer : IDisposable
{
    private readonly Dictionary<string, Tensor> _memory = [];

    /// <summary>For the subclasses.</summary>
    private protected Optimizer(IReadOnlyList<ParameterSetting> parameters) => Parameters = parameters;

    /// <summary>The parameters that are trained.</summary>
    public IReadOnlyList<ParameterSetting> Parameters { get; }

    /// <summary>The state of the optimizer between steps, by the name of the state, a slash and the name of the parameter.</summary>
    public IReadOnlyDictionary<string, Tensor> Memory => _memory;

    /// <summary>Makes the optimizer of a configuration.</summary>
    public static Optimizer Create(OptimizerConfiguration configuration, IReadOnlyList<ParameterSetting> parameters) => configuration switch
    {
        AdamWConfiguration adamW => new AdamW(parameters, adamW),
        SgdConfiguration sgd => new StochasticGradientDescent(parameters, sgd),
        _ => throw new NotSupportedException($"{configuration.GetType().Name} is not known"),
    };

    /// <summary>Updates every parameter that has a gradient.</summary>
    /// <param name="step">The step, from 0, counted over all epochs.</param>
    /// <param name="learningRate">Returns the learning rate of a parameter in this step.</param>
    public void Step(long step, Func<ParameterSetting, double> learningRate)
    {
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        foreach (var parameter in Parameters)
        {
            if (parameter.Value.grad is { } gradient)
            {
                Update(parameter, gradient, step, learningRate(parameter));
            }
        }
    }

    /// <summary>Clears the gradients.</summary>
    public void ClearGradients()
    {
        foreach (var parameter in Parameters)
        {
            parameter.Value.grad?.zero_();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var tensor in _memory.Values)
        {
            tensor.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Updates one parameter in place.</summary>
    private protected abstract void Update(ParameterSetting parameter, Tensor gradient, long step, double learningRate);

    /// <summary>Adds a state tensor with the shape of each parameter, initially zero.</summary>
    private protected void Remember(string kind)
    {
        foreach (var parameter in Parameters)
        {
            _memory.Add(Key(kind, parameter), zeros_like(parameter.Value, requires_grad: false).DetachFromDisposeScope());
        }
    }

    /// <summary>Returns the state of one parameter.</summary>
    private protected Tensor Recall(string kind, ParameterSetting parameter) => _memory[Key(kind, parameter)];

    private static string Key(string kind, ParameterSetting parameter) => $"{kind}/{parameter.Name}";
}
