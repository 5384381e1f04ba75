using NanoDet.Data.Configuration;
using NanoDet.Training.Native;
using NanoDet.Training.Proof;
using NanoDet.Training.Tests.Proof;

#pragma warning disable CA1050 // .NET looks for a startup hook by this name outside of all namespaces.

/// <summary>
/// Plants a fault into a worker that is started with <c>DOTNET_STARTUP_HOOKS</c> naming this assembly, and into every process
/// that it starts: the product has no switch for it.
/// </summary>
internal static class StartupHook
{
    /// <summary>Says which fault: result, place, and of the choices before which the fault is gone, how many have it.</summary>
    public const string Variable = "NANODET_TEST_FAULT";

    /// <summary>Names a file that is made when the proof has begun, which then takes its time.</summary>
    public const string SlowVariable = "NANODET_TEST_SLOW_PROOF";

    /// <summary>Called by .NET before the program's own first line.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(SlowVariable) is { } begun)
        {
            Operation.Fault = (_, _, _) =>
            {
                File.WriteAllBytes(begun, []);
                Thread.Sleep(200);
            };
            return;
        }

        if (Environment.GetEnvironmentVariable(Variable)?.Split(' ') is not [var result, var place, var choices])
        {
            return;
        }

        var fault = new PlantedFault(Enum.Parse<OperationResult>(result), Enum.Parse<FaultPlace>(place));
        var count = int.Parse(choices, System.Globalization.CultureInfo.InvariantCulture);
        var faulty = Enum.GetValues<TrainingPrecision>().SelectMany(precision => Arithmetic.Choices(InstructionSet.Native, TrainingDevice.Cpu, precision).Take(count)).ToList();
        Operation.Fault = (operation, kind, actual) =>
        {
            if (faulty.Contains(LibTorch.Arithmetic))
            {
                fault.Strike(operation, kind, actual);
            }
        };
    }
}
