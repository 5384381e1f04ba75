using NanoDet.Core.Diagnostics;

namespace NanoDet.Core.Tests.Diagnostics;

public sealed class DiagnosticLineTests
{
    public static TheoryData<Diagnostic> Written =>
    [
        new Diagnostic("NDB4031", DiagnosticSeverity.Error, "The training was stopped at epoch 1, step 7"),
        new Diagnostic("NDB4011", DiagnosticSeverity.Warning, "It has (brackets): and colons", new SourceLocation("images/a (1): b.jpg")),
        new Diagnostic("NDB1001", DiagnosticSeverity.Error, "It is no XML", new SourceLocation(@"C:\data\标注 (2).xml", 12)),
        new Diagnostic("NDB1001", DiagnosticSeverity.Error, "", new SourceLocation("/data/a(3,4).xml", 12, 9)),
    ];

    [Theory, MemberData(nameof(Written))]
    public void What_was_written_is_read(Diagnostic diagnostic) => Assert.Equal(diagnostic, DiagnosticLine.TryParse(diagnostic.ToString()));

    [Theory]
    [InlineData("")]
    [InlineData("epoch 1/30  loss 2.104  mAP 0.310")]
    [InlineData("error NDB1001: without a place")]
    [InlineData("a.cs(1,2): error CS1001: another's")]
    [InlineData("a.xml: error NDB10011: too many digits")]
    public void Other_lines_are_no_diagnostics(string line) => Assert.Null(DiagnosticLine.TryParse(line));
}
