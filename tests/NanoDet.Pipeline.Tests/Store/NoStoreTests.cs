using NanoDet.Pipeline.Store.Local;

namespace NanoDet.Pipeline.Tests.Store;

public sealed class NoStoreTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData(" ", true)]
    [InlineData("false", true)]
    [InlineData(" False ", true)]
    [InlineData("falsehoods", false)]
    [InlineData("/home/me/false", false)]
    public void Nothing_and_false_ask_for_no_store(string value, bool isNone) => Assert.Equal(isNone, LocalStore.IsNone(value));
}
