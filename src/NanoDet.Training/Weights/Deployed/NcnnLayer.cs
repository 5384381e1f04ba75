using System.Globalization;

namespace NanoDet.Training.Weights.Deployed;

/// <summary>A line of ncnn's <c>.param</c>: type, name, the numbers of inputs and outputs, their names, and settings by number.</summary>
/// <param name="Type">Type of the layer.</param>
/// <param name="Name">Its name.</param>
/// <param name="Inputs">The values that it takes.</param>
/// <param name="Outputs">The values that it makes.</param>
/// <param name="Settings">Its settings.</param>
internal sealed record NcnnLayer(string Type, string Name, string[] Inputs, string[] Outputs, IReadOnlyDictionary<int, string> Settings)
{
    private const int FirstList = -23300;

    /// <summary>Reads a line.</summary>
    /// <exception cref="InvalidDataException">It is not such a line.</exception>
    public static NcnnLayer Parse(string line)
    {
        var words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words is not [var type, var name, var inputs, var outputs, .. var rest] || !Count(inputs, out var first) || !Count(outputs, out var second) || first + second > rest.Length)
        {
            throw new InvalidDataException("a line is not a layer");
        }

        var settings = new Dictionary<int, string>();
        foreach (var setting in rest[(first + second)..])
        {
            if (setting.Split('=', 2) is not [var key, var value] || !int.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                throw new InvalidDataException("a setting of a layer is not a number and a value");
            }

            settings[number] = value;
        }

        return new NcnnLayer(type, name, rest[..first], rest[first..(first + second)], settings);
    }

    /// <summary>A setting that is a whole number.</summary>
    /// <param name="key">Its number.</param>
    /// <param name="fallback">Its value where the line does not have it.</param>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public int Number(int key, int fallback = 0) => !Settings.TryGetValue(key, out var text) ? fallback
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw new InvalidDataException("a setting of a layer is not a whole number");

    /// <summary>A setting that is a number.</summary>
    /// <param name="key">Its number.</param>
    /// <param name="fallback">Its value where the line does not have it.</param>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public double Single(int key, double fallback = 0) => Settings.TryGetValue(key, out var text) ? Single(text) : fallback;

    /// <summary>A setting that is a list: its length, and then its numbers. ncnn adds -23300 to the key.</summary>
    /// <param name="key">Its number, without that.</param>
    /// <returns>Null where the line does not have it.</returns>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public double[]? List(int key) => !Settings.TryGetValue(FirstList - key, out var text) ? null
        : text.Split(',') is [var count, .. var numbers] && count == numbers.Length.ToString(CultureInfo.InvariantCulture) ? [.. numbers.Select(Single)]
        : throw new InvalidDataException("a setting of a layer is not a list of numbers");

    private static double Single(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw new InvalidDataException("a setting of a layer is not a number");

    private static bool Count(string text, out int count) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count <= 1024;
}
