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

    /// <summary>
    /// Chooses the card, for this process and those that it starts; call it once, and before libtorch is loaded, which reads the
    /// choice then.
    /// </summary>
    /// <param name="card">Its number, from 0, among those that the user lets programs see.</param>
    public static void Apply(int card)
    {
        var chosen = Chosen(Environment.GetEnvironmentVariable(Variable), card);
        NativeEnvironment.Set(Variable, chosen);
        Environment.SetEnvironmentVariable(Variable, chosen);
    }

    /// <summary>The name of a card for files, by what the user lets programs see: two names of one card only make two builds share it.</summary>
    /// <param name="card">Its number among those that the user lets programs see.</param>
    public static string Identity(int card) => Identity(Environment.GetEnvironmentVariable(Variable), card);

    /// <summary>The same for what the user has set.</summary>
    internal static string Identity(string? visible, int card)
        => string.Concat(Chosen(visible, card).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-' ? letter : '_'));

    /// <summary>What the variable has to be.</summary>
    /// <param name="visible">What the user has set: numbers or names of cards, separated by commas; null for all.</param>
    /// <param name="card">The number of the card among them.</param>
    internal static string Chosen(string? visible, int card)
        => visible is not { Length: > 0 } ? card.ToString(CultureInfo.InvariantCulture)
        : visible.Split(',', StringSplitOptions.TrimEntries) is var cards && card < cards.Length ? cards[card]
        : "-1"; // CUDA's way to say that there is none.
}
