using NanoDet.Data.Configuration;

namespace NanoDet.Data.Tests.Configuration;

public class DeviceChoiceTests
{
    [Theory]
    [InlineData("Cpu", TrainingDevice.Cpu, 0, "cpu")]
    [InlineData("CUDA", TrainingDevice.Cuda, 0, "cuda")]
    [InlineData("cuda:0", TrainingDevice.Cuda, 0, "cuda")]
    [InlineData("Cuda:12", TrainingDevice.Cuda, 12, "cuda")]
    public void A_device_is_a_kind_and_a_card(string text, TrainingDevice device, int card, string kind)
    {
        var choice = DeviceChoice.Parse(text);

        Assert.Equal(new DeviceChoice(device, card), choice);
        Assert.Equal(kind, choice!.Value.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda: 1")]
    [InlineData("cuda:64")]
    [InlineData("cpu:0")]
    public void Anything_else_is_none(string text) => Assert.Null(DeviceChoice.Parse(text));
}
