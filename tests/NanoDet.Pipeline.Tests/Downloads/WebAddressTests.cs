using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Diagnostics;

namespace NanoDet.Pipeline.Tests.Downloads;

public sealed class WebAddressTests
{
    [Theory]
    [InlineData("https://user:hush@example.org:81/a/b.pth?sig=hush#hush", "https://example.org:81/a/b.pth")]
    [InlineData("rtsp://user:hush@camera/live?token=hush", "rtsp://camera/live")]
    [InlineData("http://example.org", "http://example.org/")]
    [InlineData("http://user:hush@:99999/a?hush", "http://:99999/a")]
    [InlineData("htp:/user:hush@example.org/a", "example.org/a")]
    [InlineData("http://user:hu?hush@example.org/a?hush", "http://example.org/a")]
    [InlineData("ftp://user:hush@example.org/a?hush", "ftp://example.org/a")]
    [InlineData("user:hush@example.org/a?hush", "example.org/a")]
    [InlineData("weights/a.pth", "weights/a.pth")]
    public void What_may_be_a_password_or_a_signature_is_not_shown(string address, string shown)
    {
        Assert.Equal(shown, WebAddress.Shown(address));
        Diagnostic[] told =
        [
            ProjectDiagnostics.AddressRefused(address, null), ProjectDiagnostics.DownloadWithoutHash("NanoDetPretrained", address, null),
            ProjectDiagnostics.PasswordInProperty("NanoDetPretrained", "X", null), DownloadDiagnostics.Failed(address, "no"),
        ];
        Assert.All(told, diagnostic => Assert.DoesNotContain("hush", diagnostic.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://example.org/", true)]
    [InlineData("http://localhost:81/", true)]
    [InlineData("http://[::1]/", true)]
    [InlineData("http://example.org/", false)]
    [InlineData("http://10.0.0.1/", false)]
    public void A_password_goes_out_encrypted_or_not_at_all(string address, bool isPrivate)
        => Assert.Equal(isPrivate, WebAddress.IsPrivate(new Uri(address)));
}
