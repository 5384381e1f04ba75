using System.Globalization;
using NanoDet.Core.Native;

namespace NanoDet.Training.Native;

/// <summary>
/// Makes one card the only one that this process sees, so that everything in it, and every library, means the same by "the
/// device", and no memory is taken on another card.
/// </summary>
public static class CardPin
{
    private const string Variable = "CUDA_VISIBLE_DEVICES";

    /// <summary>Chooses the card; call it before libtorch is loaded, which reads the choice then.</summary>
    /// <param name="card">Its number, from 0, among those that the user lets programs see.</param>
    public static void Apply(int card) => NativeEnvironment.Set(Variable, Chosen(Environment.GetEnvironmentVariable(Variable), card));

    /// <summary>What the variable has to be.</summary>
    /// <param name="visible">What the user has set: numbers or names of cards, separated by commas; null for all.</param>
    /// <param name="card">The number of the card among them.</param>
    internal static string Chosen(string? visible, int card)
        => visible is not { Length: > 0 } ? card.ToString(CultureInfo.InvariantCulture)
        : visible.Split(',', StringSplitOptions.TrimEntries) is var cards && card < cards.Length ? cards[card]
        : "-1"; // CUDA's way to say that there is none.
}
