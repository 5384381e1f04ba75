using NanoDet.Data.Configuration;
using static TorchSharp.torch;

namespace NanoDet.Training.Optimization;

/// <summary>
/// Updates parameters by their gradients. Its state is tensors by name, so that a checkpoint can contain it and a resumed
/// training continues exactly. It uses PyTorch's formulas in PyTorch's order, so that the numbers are the original's.
/// </summary>
public abstract class Optimizer : IDisposable
{
    private readonly FlatModule _weights;
    private readonly List<FlatTensor> _memory = [];

    // As in PyTorch, a parameter without a gradient is not changed, not even by weight decay.
    private readonly SortedSet<int> _withoutGradient;
    private IReadOnlyList<ParameterRun> _runs = [];

    /// <summary>For the subclasses.</summary>
    private protected Optimizer(FlatModule weights)
    {
        _weights = weights;
        _withoutGradient = [.. Enumerable.Range(0, weights.Parameters.Count)];
        Gradients = weights.Trained.Zeros();
    }

    /// <summary>The state of the optimizer between steps, by the name of the state, a slash and the name of the parameter.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Memory => _memory.SelectMany(state => state.Parts);

    /// <summary>The numbers of the parameters.</summary>
    private protected FlatTensor Values => _weights.Trained;

    /// <summary>The gradients of the parameters.</summary>
    private protected FlatTensor Gradients { get; }

    /// <summary>Makes the optimizer of a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="weights">The module, whose parameters have no gradients yet; the caller owns it.</param>
    public static Optimizer Create(OptimizerConfiguration configuration, FlatModule weights) => configuration switch
    {
        AdamWConfiguration adamW => new Adam(weights, adamW, isDecoupled: true),
        SgdConfiguration sgd => new StochasticGradientDescent(weights, sgd),
        AdamConfiguration adam => new Adam(weights, adam, isDecoupled: false),
        AdamaxConfiguration adamax => new Adamax(weights, adamax),
        NAdamConfiguration nAdam => new NAdam(weights, nAdam),
        RAdamConfiguration rAdam => new RAdam(weights, rAdam),
        RmsPropConfiguration rmsProp => new RmsProp(weights, rmsProp),
        AdagradConfiguration adagrad => new Adagrad(weights, adagrad),
        AdadeltaConfiguration adadelta => new Adadelta(weights, adadelta),
        AsgdConfiguration asgd => new AveragedGradientDescent(weights, asgd),
        RpropConfiguration rprop => new Rprop(weights, rprop),
        _ => throw new NotSupportedException($"{configuration.GetType().Name} is not known"),
    };

    /// <summary>Updates every parameter that has a gradient.</summary>
    /// <param name="step">The step, from 0, counted over all epochs.</param>
    /// <param name="learningRate">Returns the learning rate of a parameter in this step.</param>
    public void Step(long step, Func<ParameterSetting, double> learningRate)
    {
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        TakeGradients();
        foreach (var run in _runs)
        {
            Update(run, step, learningRate(run.Rates));
        }
    }

    /// <summary>Parameters get no gradients from now on, and are not changed until they do.</summary>
    /// <param name="isLeft">Whether a parameter is one of them.</param>
    public void Leave(Func<ParameterSetting, bool> isLeft)
    {
        var changed = false;
        foreach (var (index, parameter) in _weights.Parameters.Index().Where(entry => isLeft(entry.Item)))
        {
            // A training that is resumed here begins without gradients, too.
            parameter.Value.grad = null;
            Gradients.Parts[index].Value.zero_();
            changed |= _withoutGradient.Add(index);
        }

        if (changed)
        {
            _runs = ParameterRun.Of(_weights.Parameters, _withoutGradient);
        }
    }

    /// <summary>Returns the norm of all gradients together, a scalar.</summary>
    public Tensor GradientNorm()
    {
        using var withoutGradients = no_grad();
        TakeGradients();
        return Gradients.Norm();
    }

    /// <summary>Multiplies all gradients.</summary>
    public void ScaleGradients(double factor) => Gradients.Whole.mul_(factor);

    /// <summary>Clears the gradients.</summary>
    public void ClearGradients() => Gradients.Whole.zero_();

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var tensor in _memory.Append(Gradients))
        {
            tensor.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Updates parameters in place.</summary>
    private protected abstract void Update(ParameterRun run, long step, double learningRate);

    /// <summary>Returns the gradients with the weight decay in them, as all optimizers have it but AdamW. The caller owns it.</summary>
    private protected Tensor Decayed(ParameterRun run) => run.Of(Gradients).add(run.Of(Values), run.Rates.WeightDecay);

    /// <summary>Adds a state of the optimizer for each parameter, initially zero.</summary>
    private protected FlatTensor Remember(string kind)
    {
        var state = Values.Zeros(name => $"{kind}/{name}");
        _memory.Add(state);
        return state;
    }

    /// <summary>libtorch makes the first gradient of a parameter itself, and adds the later ones to it, wherever it lies then.</summary>
    private void TakeGradients()
    {
        if (_withoutGradient.RemoveWhere(TakeGradient) > 0)
        {
            _runs = ParameterRun.Of(_weights.Parameters, _withoutGradient);
        }
    }

    private bool TakeGradient(int index)
    {
        var parameter = _weights.Parameters[index].Value;
        using var gradient = parameter.grad;
        if (gradient is null)
        {
            return false;
        }

        Gradients.Parts[index].Value.copy_(gradient);
        parameter.grad = Gradients.Parts[index].Value;
        return true;
    }
}
