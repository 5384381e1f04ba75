using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using NanoDet.Core.Diagnostics;
using NanoDet.Testing;

namespace NanoDet.Architecture.Tests;

public sealed class DiagnosticPagesTests
{
    private static readonly string Pages = Path.Combine(Repository.Root, "docs", "diagnostics");

    [Fact]
    public void Every_code_has_one_method()
        => Assert.Empty(Made().GroupBy(made => made.Diagnostic.Code)
            .Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(made => made.Method))}"));

    [Fact]
    public void Every_code_has_a_page_and_every_page_a_code()
        => Assert.Equal(
            Made().Select(made => made.Diagnostic.Code).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Pages, "*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => name.StartsWith("NDB", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_sentence_fits_on_a_line_and_has_no_full_stop()
        => Assert.All(Made(), made => Assert.Matches("^[^\r\n]*[^.\r\n]$", made.Diagnostic.Message));

    [Fact]
    public void Every_page_says_what_why_and_what_to_do_and_links_to_pages_that_are_there()
        => Assert.All(Directory.EnumerateFiles(Pages, "NDB*.md"), file =>
        {
            var text = File.ReadAllText(file);
            Assert.StartsWith($"# {Path.GetFileNameWithoutExtension(file)}", text, StringComparison.Ordinal);
            Assert.All(["## Description", "## Cause", "## Resolution"], heading => Assert.Contains(heading, text, StringComparison.Ordinal));
            Assert.All(
                Regex.Matches(text, @"\]\((NDB\d{4}\.md)\)").Select(match => match.Groups[1].Value),
                link => Assert.True(File.Exists(Path.Combine(Pages, link)), $"{Path.GetFileName(file)} links to {link}"));
        });

    private static (string Method, Diagnostic Diagnostic)[] Made() =>
    [
        .. Picture.Projects.Keys.Where(project => project != "NanoDet.Build")
            .SelectMany(project => Assembly.Load(project == "NanoDet.Tool" ? "nanodet" : project).GetTypes())
            .Where(type => type.Name.EndsWith("Diagnostics", StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.ReturnType == typeof(Diagnostic))
            .Select(method => (
                $"{method.DeclaringType!.Name}.{method.Name}",
                (Diagnostic)method.Invoke(null, [.. method.GetParameters().Select(parameter => Dummy(parameter.ParameterType))])!)),
    ];

    private static object? Dummy(Type type) => type switch
    {
        _ when type == typeof(string) => "something",
        _ when type == typeof(Diagnostic) => new Diagnostic("NDB0000", DiagnosticSeverity.Error, "something"),
        _ when type == typeof(Exception) => new InvalidOperationException("something"),
        { IsArray: true } => Filled(type.GetElementType()!),
        _ when type == typeof(ImmutableArray<string>) => ImmutableArray.Create("something"),
        { IsGenericType: true } when type.IsAssignableFrom(typeof(List<>).MakeGenericType(type.GetGenericArguments()[0])) => Filled(type.GetGenericArguments()[0]),
        { IsValueType: true } => Activator.CreateInstance(type),
        _ => throw new NotSupportedException($"a diagnostic takes a {type}; teach this test to make one"),
    };

    private static Array Filled(Type element)
    {
        var array = Array.CreateInstance(element, 1);
        array.SetValue(Dummy(element), 0);
        return array;
    }
}
