using System.CommandLine;
using System.Globalization;

namespace NanoDet.Tool.Commands;

/// <summary>Makes options that take a number within bounds.</summary>
internal static class NumberOption
{
    /// <summary>Makes an option; its value is null if it was not given.</summary>
    /// <param name="name">Its name, including the dashes.</param>
    /// <param name="description">Its description.</param>
    /// <param name="holds">Whether a number is within the bounds.</param>
    /// <param name="bounds">The bounds in words.</param>
    public static Option<T?> Of<T>(string name, string description, Func<T, bool> holds, string bounds)
        where T : struct, IParsable<T> => new(name)
        {
            Description = description,
            CustomParser = result =>
            {
                if (T.TryParse(result.Tokens.Single().Value, CultureInfo.InvariantCulture, out var value) && holds(value))
                {
                    return value;
                }

                result.AddError($"{name} must be a number: {bounds}.");
                return null;
            },
        };
}
