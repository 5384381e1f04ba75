using System.Text;
using NanoDet.Pipeline.Reports;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Reports;

/// <summary>Lets axe look at the report in a real browser.</summary>
public sealed class ReportAccessibilityTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Axe_finds_nothing_serious(bool isDark)
        => HeadlessBrowser.ExpectAccessibleAsync(_folder, Encoding.UTF8.GetString(ReportPage.Of(TestReports.Full(["bolt", "<nut>", "washer", "screw"], TinyPng.Bytes(1)))), isDark);
}
