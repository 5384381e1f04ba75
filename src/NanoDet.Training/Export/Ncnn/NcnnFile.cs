using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace NanoDet.Training.Export.Ncnn;

/// <summary>
/// Collects layers of ncnn and their weights. In ncnn, a value is taken once: where several layers take it, a layer <c>Split</c> makes a
/// copy for each.
/// </summary>
/// <param name="uses">How many layers take each value.</param>
/// <param name="isHalf">Whether kernels have 16 bits; biases have 32 always.</param>
internal sealed class NcnnFile(IReadOnlyDictionary<string, int> uses, bool isHalf)
{
    private const uint HalfTag = 0x01306B47;
    private const string Magic = "7767517";

    private readonly StringBuilder _lines = new();
    private readonly ArrayBufferWriter<byte> _weights = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private int _layers;
    private int _values;

    /// <summary>Adds a layer.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="name">Its name.</param>
    /// <param name="inputs">The values that it takes.</param>
    /// <param name="outputs">The values that it makes.</param>
    /// <param name="settings">Its settings.</param>
    public void Add(string type, string name, IEnumerable<string> inputs, IReadOnlyCollection<string> outputs, string settings = "")
    {
        Line(type, name, [.. inputs.Select(Take)], outputs, settings);
        foreach (var output in outputs)
        {
            if (uses.GetValueOrDefault(output) is > 1 and var count)
            {
                Line("Split", $"{output}.split", [output], [.. Enumerable.Range(0, count).Select(i => Copy(output, i))], "");
            }
        }
    }

    /// <summary>Adds kernels, with their type before them.</summary>
    public void AddKernels(ReadOnlySpan<float> values)
    {
        Span<byte> number = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteUInt32LittleEndian(number, isHalf ? HalfTag : 0);
        _weights.Write(number);
        if (!isHalf)
        {
            AddNumbers(values);
            return;
        }

        foreach (var value in values)
        {
            BinaryPrimitives.WriteHalfLittleEndian(number, (Half)value);
            _weights.Write(number[..2]);
        }

        if (values.Length % 2 != 0)
        {
            _weights.Write<byte>([0, 0]);
        }
    }

    /// <summary>Adds numbers of 32 bits.</summary>
    public void AddNumbers(ReadOnlySpan<float> values)
    {
        Span<byte> number = stackalloc byte[sizeof(float)];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(number, value);
            _weights.Write(number);
        }
    }

    /// <summary>The files.</summary>
    public NcnnModel Build() => new(
        string.Create(CultureInfo.InvariantCulture, $"{Magic}\n{_layers} {_values}\n{_lines}"), _weights.WrittenSpan.ToArray());

    private string Take(string value)
    {
        // What only the layers of one node hand on to each other is taken once.
        if (uses.GetValueOrDefault(value, 1) == 1)
        {
            return value;
        }

        var number = _taken.GetValueOrDefault(value);
        _taken[value] = number + 1;
        return Copy(value, number);
    }

    private void Line(string type, string name, IReadOnlyCollection<string> inputs, IReadOnlyCollection<string> outputs, string settings)
    {
        _lines.Append(CultureInfo.InvariantCulture, $"{type,-20} {name,-40} {inputs.Count} {outputs.Count}")
            .AppendJoin("", inputs.Concat(outputs).Select(value => " " + value))
            .Append(settings.Length > 0 ? " " : "").Append(settings).Append('\n');
        _layers++;
        _values += outputs.Count;
    }

    private static string Copy(string value, int number) => string.Create(CultureInfo.InvariantCulture, $"{value}.copy{number}");
}
