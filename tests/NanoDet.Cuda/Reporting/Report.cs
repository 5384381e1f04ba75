using System.Text.Json;
using System.Text.Json.Serialization;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Cuda.Reporting;

/// <summary>The findings of all parts: each a line as soon as it is known, and all of them in <c>summary.json</c>, which is complete after each part.</summary>
/// <param name="options">What was asked for.</param>
internal sealed class Report(Options options)
{
    /// <summary>How findings are written in files.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    };

    private readonly List<(string Part, double Seconds, List<Finding> Findings)> _parts = [];

    /// <summary>Whether every bar was kept, and there was at least one.</summary>
    public bool IsGood => _parts.SelectMany(part => part.Findings).Select(finding => finding.Verdict).ToList() is var verdicts
        && verdicts.Contains(Verdict.Ok) && !verdicts.Contains(Verdict.Failed);

    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.Combine(options.Output, "summary.json");

    /// <summary>Does a part and tells what it finds. What ends a part early is a finding of it.</summary>
    public void Add(string part, Func<IEnumerable<Finding>> find)
    {
        var began = TimeProvider.System.GetTimestamp();
        List<Finding> findings = [];
        try
        {
            foreach (var finding in find())
            {
                Tell(finding);
            }
        }
        catch (NanoDetException exception)
        {
            Tell(Finding.Require(false, "comes to its end", exception.Diagnostic.ToString(), "without an error"));
        }
        catch (Exception exception) when (exception is EndedEarlyException or IOException or UnauthorizedAccessException or InvalidDataException or JsonException)
        {
            Tell(Finding.Require(false, "comes to its end", exception.Message, "without an error"));
        }

        _parts.Add((part, Math.Round(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 1), findings));
        Write();

        void Tell(Finding finding)
        {
            findings.Add(finding);
            Console.WriteLine($"{part,-10}{finding}");
        }
    }

    private void Write() => File.WriteAllText(Path, JsonSerializer.Serialize(
        new
        {
            device = options.Device,
            quick = options.IsQuick,
            good = IsGood,
            parts = _parts.Select(part => new { name = part.Part, seconds = part.Seconds, findings = part.Findings }),
        },
        Json));
}
