namespace NanoDet.Training.Models.Layers.Norms;

/// <summary>
/// The passes of a normalisation over the feature map of one picture. Sums are in single precision over short runs and in double
/// precision over the runs, so that they do not depend on the number of threads.
/// </summary>
/// <typeparam name="TMap">The numbers of the map and of its gradients.</typeparam>
/// <typeparam name="TResult">The numbers of what comes out and of its gradients.</typeparam>
internal abstract class ChannelPasses<TMap, TResult>
    where TMap : unmanaged, IMapNumber<TMap>
    where TResult : unmanaged, IMapNumber<TResult>
{
    /// <summary>The registers of a run.</summary>
    private protected const int RunLength = 64;

    /// <summary>Sums each channel.</summary>
    /// <param name="map">All channels of the picture.</param>
    /// <param name="origin">For each channel: what its values are measured from. Close to their mean, nothing is lost in the sums.</param>
    /// <param name="sums">For each channel; takes the sum.</param>
    /// <param name="squares">For each channel; takes the sum of the squares.</param>
    public abstract void Sum(ReadOnlySpan<TMap> map, ReadOnlySpan<float> origin, Span<double> sums, Span<double> squares);

    /// <summary>Normalises and activates.</summary>
    /// <param name="map">All channels of the picture.</param>
    /// <param name="scales">What becomes of each channel.</param>
    /// <param name="output">As many.</param>
    public abstract void Normalize(ReadOnlySpan<TMap> map, ChannelScales scales, Span<TResult> output);

    /// <summary>Sums the gradients of each channel before the activation.</summary>
    /// <param name="map">All channels of the picture.</param>
    /// <param name="gradients">Of what came out.</param>
    /// <param name="scales">What became of each channel.</param>
    /// <param name="origin">As in <see cref="Sum"/>.</param>
    /// <param name="sums">For each channel; takes the sum.</param>
    /// <param name="products">For each channel; takes the sum of the products with the map.</param>
    public abstract void SumGradients(
        ReadOnlySpan<TMap> map, ReadOnlySpan<TResult> gradients, ChannelScales scales, ReadOnlySpan<float> origin, Span<double> sums, Span<double> products);

    /// <summary>Computes the gradients of the map: scale times the gradient before the activation, and a share that is linear in the value, since the statistics have gradients too.</summary>
    /// <param name="map">All channels of the picture.</param>
    /// <param name="gradients">Of what came out.</param>
    /// <param name="scales">What became of each channel.</param>
    /// <param name="factor">Of the share, for each channel.</param>
    /// <param name="offset">Of the share, for each channel.</param>
    /// <param name="output">Takes the gradients of the map.</param>
    public abstract void PassBack(
        ReadOnlySpan<TMap> map, ReadOnlySpan<TResult> gradients, ChannelScales scales, ReadOnlySpan<float> factor, ReadOnlySpan<float> offset, Span<TMap> output);
}
