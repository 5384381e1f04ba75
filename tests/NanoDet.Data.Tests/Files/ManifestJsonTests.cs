using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Files;

public sealed class ManifestJsonTests
{
    [Theory]
    [InlineData("[1,\n 2,\n<<<<<<< HEAD\n 3]", 3, "it is not JSON")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:6b86b273\nsize 12345\n", 0, "run 'git lfs pull'")]
    [InlineData("null", 0, "it is empty")]
    public void What_is_no_manifest_is_refused_at_its_line_with_the_reason(string content, int line, string reason)
    {
        using var folder = new TestFolder();
        var path = folder.Write("nanodet.baseline.json", content);

        var diagnostic = Assert.Throws<NanoDetException>(() => ManifestJson.Read<int[]>(path, QualityDiagnostics.BadBaseline)).Diagnostic;

        Assert.Equal(("NDB5105", path, line), (diagnostic.Code, diagnostic.Location!.Value.File, diagnostic.Location!.Value.Line));
        Assert.EndsWith(reason, diagnostic.Message, StringComparison.Ordinal);
    }
}
