namespace NanoDet.Data.Configuration;

/// <summary>The vector instructions that a training computes with (<c>NanoDetInstructions</c>).</summary>
public enum InstructionSet
{
    /// <summary>The best instructions of the processor.</summary>
    Native,

    /// <summary>AVX2 and FMA, which x64 processors have had since 2013.</summary>
    Avx2,

    /// <summary>AVX-512 as in servers of 2017: F, BW, DQ and VL.</summary>
    Avx512,
}
