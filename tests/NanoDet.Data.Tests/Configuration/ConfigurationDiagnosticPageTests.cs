using System.Text.RegularExpressions;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Configuration;

public sealed partial class ConfigurationDiagnosticPageTests
{
    [Fact]
    public void Every_code_has_its_page_and_every_page_its_code()
    {
        var source = Path.Combine(Repository.Root, "src", "NanoDet.Data", "Diagnostics", "ConfigurationDiagnostics.cs");
        var codes = Code().Matches(File.ReadAllText(source)).Select(match => match.Groups[1].Value).ToArray();
        var pages = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "diagnostics"), "NDB30*.md")
            .Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Where(code => string.CompareOrdinal(code, "NDB3049") <= 0);

        Assert.Equal(codes.Distinct(), codes);
        Assert.Equal(codes.Order(StringComparer.Ordinal), pages.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("\"(NDB[0-9]{4})\"")]
    private static partial Regex Code();
}
