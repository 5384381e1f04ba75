using System.Globalization;

namespace NanoDet.Data.Configuration;

/// <summary>What <c>NanoDetDevice</c> says: a kind of device, and which of several.</summary>
/// <param name="Device">The kind. It is part of a model's key; which card it was is not, for equal cards compute alike.</param>
/// <param name="Card">The number of the card, from 0, in the order that CUDA counts them; 0 for the processor.</param>
public readonly record struct DeviceChoice(TrainingDevice Device, int Card)
{
    /// <summary>The largest number of a card.</summary>
    public const int LastCard = 63;

    private const string Cuda = "cuda";

    /// <summary>Parses <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>, in upper or lower case; null for anything else.</summary>
    public static DeviceChoice? Parse(string text)
        => text.Equals("cpu", StringComparison.OrdinalIgnoreCase) ? new(TrainingDevice.Cpu, 0)
        : text.Equals(Cuda, StringComparison.OrdinalIgnoreCase) ? new(TrainingDevice.Cuda, 0)
        : text.StartsWith($"{Cuda}:", StringComparison.OrdinalIgnoreCase)
            && int.TryParse(text.AsSpan(Cuda.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var card) && card <= LastCard
            ? new(TrainingDevice.Cuda, card)
        : null;

    /// <summary>The kind, as keys and manifests name it: <c>cpu</c> or <c>cuda</c>.</summary>
    public string Kind => Device == TrainingDevice.Cuda ? Cuda : "cpu";
}
