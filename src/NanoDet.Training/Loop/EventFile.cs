using TorchSharp.Modules;
using static TorchSharp.torch.utils;

namespace NanoDet.Training.Loop;

/// <summary>Event files for TensorBoard, with the original's names.</summary>
internal sealed class EventFile(string folder) : IDisposable
{
    private readonly SummaryWriter _writer = tensorboard.SummaryWriter(folder, createRunName: false);

    /// <summary>Adds the values of a step.</summary>
    public void Write(IEnumerable<(string Name, double Value)> numbers, long step)
    {
        foreach (var (name, value) in numbers)
        {
            _writer.add_scalar(name, (float)value, (int)step);
        }
    }

    /// <inheritdoc />
    public void Dispose() => (_writer as IDisposable)?.Dispose();
}
