namespace NanoDet.Data.Configuration;

/// <summary>Activation functions by the names of the original.</summary>
public enum Activation
{
    /// <summary>max(x, 0).</summary>
    ReLU,

    /// <summary>Slope 0.1 below zero.</summary>
    LeakyReLU,

    /// <summary>ReLU cut off at 6.</summary>
    ReLU6,

    /// <summary>Scaled exponential linear unit.</summary>
    SELU,

    /// <summary>Exponential linear unit.</summary>
    ELU,

    /// <summary>Gaussian error linear unit.</summary>
    GELU,

    /// <summary>Slope below zero is learnt.</summary>
    PReLU,

    /// <summary>x times sigmoid of x.</summary>
    SiLU,

    /// <summary>Piecewise linear form of SiLU.</summary>
    HardSwish,
}
