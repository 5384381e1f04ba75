using static TorchSharp.torch;

namespace NanoDet.Training.Native;

/// <summary>
/// Copies from the processor's memory to the device of a training. A copy to a card from ordinary memory waits until the card has
/// done everything before it; one from pinned memory waits for nothing.
/// </summary>
internal static class DeviceCopy
{
    /// <summary>Returns the numbers in memory from which <see cref="Of"/> copies at once.</summary>
    /// <param name="values">In the processor's memory.</param>
    /// <param name="device">The device.</param>
    public static Tensor Prepare(Tensor values, Device device) => device.type == TorchSharp.DeviceType.CPU ? values : values.pin_memory();

    /// <summary>Returns the numbers on the device; on the processor, the same tensor.</summary>
    /// <param name="values">In the processor's memory.</param>
    /// <param name="device">The device.</param>
    public static Tensor Of(Tensor values, Device device) => Prepare(values, device).to(device, non_blocking: true);
}
