using System.Text.RegularExpressions;
using NanoDet.Testing;

namespace NanoDet.Architecture.Tests;

/// <summary>A type is named after what it is. A name that only says that a type helps, manages or is shared is rejected.</summary>
public sealed partial class TypeNameTests
{
    [Fact]
    public void No_type_has_an_empty_name()
    {
        var names = new[] { "src", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .SelectMany(file => Declaration().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .ToList();

        Assert.True(names.Count > 500, $"only {names.Count} types were found");
        Assert.DoesNotContain(names, name => EmptyName().IsMatch(name));
    }

    [Theory]
    [InlineData("internal static class ImageUtils", true)]
    [InlineData("public sealed record LabelHelper(int Number);", true)]
    [InlineData("internal readonly record struct LabelHelpers<T>", true)]
    [InlineData("    private sealed class StoreManager : IDisposable", true)]
    [InlineData("public interface ITrainingCommon", true)]
    [InlineData("public sealed class CommonClass", false)]
    [InlineData("public sealed class Planner(PlanInputs inputs)", false)]
    public void The_end_of_a_name_decides(string declaration, bool isEmpty)
        => Assert.Equal(isEmpty, EmptyName().IsMatch(Declaration().Match(declaration).Groups[1].Value));

    [GeneratedRegex(@"^\s*(?:\w+\s+)*(?:class|struct|interface|enum|record)\s+(\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex("(Utils?|Utility|Utilities|Helpers?|Managers?|Common)$")]
    private static partial Regex EmptyName();
}
