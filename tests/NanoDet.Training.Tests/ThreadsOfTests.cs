using System.Runtime.CompilerServices;
using NanoDet.Training.Native;

namespace NanoDet.Training.Tests;

/// <summary>Trainings of tests wait for their threads as those of the worker do: two run at once, and each would spin while the other computes.</summary>
internal static class ThreadsOfTests
{
#pragma warning disable CA2255 // There is no program to do it first of all: the test framework brings its own.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Apply() => ThreadWaiting.Apply();
}
