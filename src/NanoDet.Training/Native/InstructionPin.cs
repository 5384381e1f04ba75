using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Native;
using NanoDet.Data.Configuration;
using NanoDet.Training.Diagnostics;
using Architecture = System.Runtime.InteropServices.Architecture;

namespace NanoDet.Training.Native;

/// <summary>
/// Makes libtorch use the same vector instructions on different processors. By default each of its three parts uses
/// the widest instructions, and wider registers add in another order, which changes the last bits of every sum.
/// </summary>
internal static class InstructionPin
{
    /// <summary>Sets the instructions for this process; call it before libtorch is loaded, which reads them then.</summary>
    /// <exception cref="NanoDetException">NDB9006: the processor does not have the instructions.</exception>
    public static void Apply(InstructionSet instructions)
    {
        if (instructions == InstructionSet.Native)
        {
            return;
        }

        if (!IsSupported(instructions))
        {
            throw new NanoDetException(EnvironmentDiagnostics.InstructionsNotSupported(
                Name(instructions), RuntimeInformation.ProcessArchitecture == Architecture.X64 ? null : RuntimeInformation.ProcessArchitecture.ToString()));
        }

        // This overrides the user's settings, because the project decides how the model is made.
        NativeEnvironment.Set("ATEN_CPU_CAPABILITY", Name(instructions));
        NativeEnvironment.Set("ONEDNN_MAX_CPU_ISA", instructions == InstructionSet.Avx2 ? "AVX2" : "AVX512_CORE");
        // MKL uses modes that are named after instructions only on Intel processors; this mode is the same everywhere.
        NativeEnvironment.Set("MKL_CBWR", "COMPATIBLE");
    }

    /// <summary>Whether this processor has the instructions.</summary>
    public static bool IsSupported(InstructionSet instructions) => instructions == InstructionSet.Native
        || (RuntimeInformation.ProcessArchitecture == Architecture.X64 && Avx2.IsSupported && Fma.IsSupported
        && (instructions == InstructionSet.Avx2 || (Avx512BW.VL.IsSupported && Avx512DQ.VL.IsSupported)));

    private static string Name(InstructionSet instructions) => instructions == InstructionSet.Avx2 ? "avx2" : "avx512";
}
