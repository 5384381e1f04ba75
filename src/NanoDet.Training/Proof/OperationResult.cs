namespace NanoDet.Training.Proof;

/// <summary>What an operation gives in a step of a training.</summary>
internal enum OperationResult
{
    /// <summary>What goes on to the next layer.</summary>
    Output,

    /// <summary>The gradient that goes back to the layer before.</summary>
    InputGradient,

    /// <summary>The gradient of the weights.</summary>
    WeightGradient,

    /// <summary>The gradient of the bias.</summary>
    BiasGradient,

    /// <summary>The mean of each channel, as batch normalisation measures it.</summary>
    Mean,

    /// <summary>The variance of each channel, as batch normalisation measures it.</summary>
    Variance,
}
