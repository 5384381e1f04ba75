namespace NanoDet.Pipeline.Downloads;

/// <summary>
/// The environment variables that keep a password or a signature out of an address in a property, because properties end up in logs.
/// Each property has its own, so that no server gets what is meant for another.
/// </summary>
/// <param name="Property">The property with the address.</param>
/// <param name="AuthorizationVariable">The variable with a value for the header <c>Authorization</c>.</param>
/// <param name="QueryVariable">The variable with an addition to the query string of the address.</param>
public sealed record DownloadCredentials(string Property, string AuthorizationVariable, string QueryVariable)
{
    /// <summary>Those of <c>NanoDetPretrained</c>.</summary>
    public static DownloadCredentials Pretrained { get; } = new("NanoDetPretrained", "NANODET_PRETRAINED_AUTHORIZATION", "NANODET_PRETRAINED_QUERY");

    /// <summary>Those of <c>NanoDetBackboneWeights</c>.</summary>
    public static DownloadCredentials BackboneWeights { get; } = new("NanoDetBackboneWeights", "NANODET_BACKBONE_WEIGHTS_AUTHORIZATION", "NANODET_BACKBONE_WEIGHTS_QUERY");

    /// <summary>Those of a property.</summary>
    public static DownloadCredentials Of(string property)
        => new[] { Pretrained, BackboneWeights }.Single(credentials => credentials.Property == property);
}
