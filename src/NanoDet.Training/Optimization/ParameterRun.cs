using static TorchSharp.torch;

namespace NanoDet.Training.Optimization;

/// <summary>Neighbouring parameters with the same rates, which an optimizer changes together.</summary>
/// <param name="Rates">The first, with their rates.</param>
/// <param name="First">Its index.</param>
/// <param name="End">The index after the last.</param>
internal readonly record struct ParameterRun(ParameterSetting Rates, int First, int End)
{
    /// <summary>Divides parameters into runs.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="without">The indices of those that belong to no run.</param>
    public static IReadOnlyList<ParameterRun> Of(IReadOnlyList<ParameterSetting> parameters, IReadOnlyCollection<int> without)
    {
        var runs = new List<ParameterRun>();
        foreach (var index in Enumerable.Range(0, parameters.Count).Except(without))
        {
            var (rate, decay) = (parameters[index].LearningRate, parameters[index].WeightDecay);
            if (runs is [.., var last] && last.End == index && (last.Rates.LearningRate, last.Rates.WeightDecay) == (rate, decay))
            {
                runs[^1] = last with { End = index + 1 };
            }
            else
            {
                runs.Add(new(parameters[index], index, index + 1));
            }
        }

        return runs;
    }

    /// <summary>Returns their numbers, [n], a view.</summary>
    public Tensor Of(FlatTensor numbers) => numbers.Range(First, End);
}
