using NanoDet.Data.Configuration;

namespace NanoDet.Training.Models.Heads;

/// <summary>The head of the paper on generalized focal loss (Li et al., 2020; <c>nanodet/model/head/gfl_head.py</c>).</summary>
/// <param name="configuration">Channels, strides and classes.</param>
public sealed class GFLHead(GflHeadConfiguration configuration) : SharedConvHead(nameof(GFLHead), configuration, hasIntegral: true);
