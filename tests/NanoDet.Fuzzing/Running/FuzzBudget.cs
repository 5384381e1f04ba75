using System.Globalization;

namespace NanoDet.Fuzzing.Running;

/// <summary>How much is tried: counts and seeds, and no time, so that two runs try the same.</summary>
/// <param name="Inputs">Inputs for each reader.</param>
/// <param name="Seed">Another seed, other inputs.</param>
internal sealed record FuzzBudget(int Inputs, int Seed)
{
    /// <summary>Longest time for one input, by the contract.</summary>
    public static TimeSpan MostTime { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Most bytes that one input may have allocated, by the contract.</summary>
    public const long MostBytes = 1L << 30;

    /// <summary>What the environment asks for, or a minute's worth.</summary>
    public static FuzzBudget Asked { get; } = new(Number("NANODET_FUZZ_INPUTS", 400), Number("NANODET_FUZZ_SEED", 1));

    private static int Number(string variable, int otherwise)
        => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
