using NanoDet.Fuzzing.Readers;
using NanoDet.Fuzzing.Running;

namespace NanoDet.Fuzzing;

/// <summary>
/// The contract of everything that reads from outside: a result or a diagnostic, in less than ten seconds and a gigabyte.
/// <c>NANODET_FUZZ_INPUTS=100000 NANODET_FUZZ_SEED=7 dotnet test tests/NanoDet.Fuzzing</c> goes on for hours.
/// </summary>
public sealed class ReaderTests
{
    private static readonly FuzzedReader[] Readers =
        [.. LabelReaders.All, .. ConfigurationReaders.All, .. BuildFileReaders.All, .. WeightReaders.All, .. ModelReaders.All, .. PictureReaders.All, .. StoreReaders.All];

    public static TheoryData<string> Names => [.. Readers.Select(reader => reader.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mutated_input_is_read_or_refused_with_a_code(string name)
    {
        var reader = Readers.Single(reader => reader.Name == name);
        var run = new FuzzRun(reader, FuzzBudget.Asked);
        var findings = run.Run(FuzzBudget.MostTime);
        Assert.True(findings.Count == 0, string.Join('\n', findings));
        Assert.InRange(run.Tried, Math.Max(FuzzBudget.Asked.Inputs / reader.Share, reader.Samples.Count), int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_mutated_is_read_as_it_is(string name)
    {
        var reader = Readers.Single(reader => reader.Name == name);
        Assert.All(reader.Samples, reader.Read);
    }
}
