using System.Globalization;
using NanoDet.Data.Configuration;
using NanoDet.Testing;

namespace NanoDet.Cuda;

/// <summary>What a run is asked for.</summary>
internal sealed record Options
{
    public const string Usage =
        """
        usage: NanoDet.Cuda [--device cuda|cuda:N|cpu] [--quick] [--only PART,...] [--libtorch FOLDER] [--reference FOLDER] [--output FOLDER] [--minutes N]
        """;

    /// <summary>The device: <c>cuda</c>, one of several cards, or <c>cpu</c> for a dry run.</summary>
    public string Device { get; private init; } = "cuda";

    /// <summary>A few steps on a few small pictures: no speed and no accuracy is judged.</summary>
    public bool IsQuick { get; private init; }

    /// <summary>The parts to do; empty for all.</summary>
    public IReadOnlyCollection<string> Only { get; private init; } = [];

    /// <summary>A folder with libtorch; null for the one that a build takes.</summary>
    public string? LibTorch { get; private init; }

    /// <summary>The reference data.</summary>
    public string Reference { get; private init; } = "";

    /// <summary>Where trainings and the summary are written.</summary>
    public string Output { get; private init; } = Path.Combine(Path.GetTempPath(), "nanodet-card");

    /// <summary>After this time, a process of a part is ended.</summary>
    public TimeSpan Limit { get; private init; } = TimeSpan.FromMinutes(8);

    /// <summary>The device as the product names it.</summary>
    public DeviceChoice Choice => DeviceChoice.Parse(Device)!.Value;

    /// <summary>Threads of libtorch, the same in all trainings.</summary>
    public int Threads { get; } = Math.Clamp(Environment.ProcessorCount, 1, 16);

    /// <summary>Reads them.</summary>
    /// <exception cref="ArgumentException">They make no sense.</exception>
    public static Options Read(IReadOnlyList<string> arguments, IReadOnlyCollection<string> parts)
    {
        var options = new Options();
        for (var i = 0; i < arguments.Count; i++)
        {
            string Value() => ++i < arguments.Count ? arguments[i] : throw new ArgumentException($"{arguments[i - 1]} needs a value");
            options = arguments[i] switch
            {
                "--quick" => options with { IsQuick = true },
                "--device" => options with { Device = Value() is var device && DeviceChoice.Parse(device) is not null ? device : throw new ArgumentException($"'{device}' is no device") },
                "--only" => options with { Only = Chosen(Value(), parts) },
                "--libtorch" => options with { LibTorch = Path.GetFullPath(Value()) },
                "--reference" => options with { Reference = Path.GetFullPath(Value()) },
                "--output" => options with { Output = Path.GetFullPath(Value()) },
                "--minutes" => options with { Limit = TimeSpan.FromMinutes(double.Parse(Value(), CultureInfo.InvariantCulture)) },
                var other => throw new ArgumentException($"'{other}' is not known"),
            };
        }

        return options.Reference.Length > 0 ? options : options with
        {
            Reference = FindReference() ?? throw new ArgumentException("the reference data is not there: name it with --reference"),
        };
    }

    /// <summary>Beside the program, if it was carried to another machine together with the data; otherwise where the tests find it.</summary>
    private static string? FindReference()
    {
        var carried = Path.Combine(AppContext.BaseDirectory, "shared");
        if (Directory.Exists(carried))
        {
            return carried;
        }

        try
        {
            return SharedData.Folder;
        }
        catch (TypeInitializationException)
        {
            return null; // No checkout.
        }
    }

    private static string[] Chosen(string list, IReadOnlyCollection<string> parts)
    {
        var chosen = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return chosen.FirstOrDefault(part => !parts.Contains(part)) is { } unknown
            ? throw new ArgumentException($"there is no part '{unknown}', only {string.Join(", ", parts)}")
            : chosen;
    }
}
