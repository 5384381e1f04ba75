using System.CommandLine;
using NanoDet.Tool.Results;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Commands;

/// <summary>What all verbs that print something have in common: <c>--json</c> prints it for programs, <c>--save</c> writes it into a file instead.</summary>
internal sealed class ReportOptions
{
    private readonly Option<bool> _json;
    private readonly Option<string?> _save = new("--save", "-s") { Description = "The file to write the output into. Default: standard output." };

    private ReportOptions(string json) => _json = new("--json") { Description = json };

    /// <summary>Adds the options to a verb, after those that it has.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="json">What <c>--json</c> does.</param>
    public static ReportOptions Last(Verb verb, string json = "Print JSON.")
    {
        var options = new ReportOptions(json);
        verb.Options.Add(options._json);
        verb.Options.Add(options._save);
        return options;
    }

    /// <summary>Whether an option is one of these.</summary>
    public bool Has(Option option) => option == _json || option == _save;

    /// <summary>Prints something, or writes it into the file, which is complete or not there.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="document">What JSON says.</param>
    /// <param name="print">Prints the same for people.</param>
    public void Print<T>(ParseResult parsed, T document, Action print)
    {
        using var file = parsed.GetValue(_save) is { } path ? new ResultFile(path) : null;
        using (ToolConsole.To(file?.Writer))
        {
            if (parsed.GetValue(_json))
            {
                ToolJson.Print(document);
            }
            else
            {
                print();
            }
        }

        file?.Finish();
    }
}
