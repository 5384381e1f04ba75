using System.Runtime.InteropServices;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Training.Diagnostics;
using TorchSharp;
using TorchSharp.Modules;

namespace NanoDet.Training.Native;

/// <summary>
/// libtorch's mixed precision: while it is on, convolutions and matrix products round what they are given, and compute in, bf16.
/// TorchSharp does not offer it. It is set for the calling thread.
/// </summary>
internal sealed class Autocast : IDisposable
{
    private const sbyte BFloat16 = 15; // c10::ScalarType::BFloat16

    // The mangled names on Linux and macOS, then on Windows.
    private static readonly string[] SettersOfUse = ["_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb", "?set_autocast_enabled@autocast@at@@YAXW4DeviceType@c10@@_N@Z"];
    private static readonly string[] SettersOfType = ["_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE", "?set_autocast_dtype@autocast@at@@YAXW4DeviceType@c10@@W4ScalarType@4@@Z"];
    private static readonly string[] SettersOfCache = ["_ZN2at8autocast26set_autocast_cache_enabledEb", "?set_autocast_cache_enabled@autocast@at@@YAX_N@Z"];

    private static (SetUse Use, SetType Type, SetCache Cache)? _switches;

    [ThreadStatic]
    private static Autocast? _current;

    private readonly sbyte _device;
    private bool _rounds = true;

    private Autocast(DeviceType device) => _device = (sbyte)device;

    /// <summary>Whether it is on for the calling thread.</summary>
    public static bool IsOn => _current is not null;

    /// <summary>Finds libtorch's switches. A libtorch without them trains in single precision only.</summary>
    /// <param name="library">The loaded CPU library of libtorch, which has them for all devices.</param>
    public static void Find(nint library) => _switches =
        LibTorchContext.Export(library, SettersOfUse) is { } use
        && LibTorchContext.Export(library, SettersOfType) is { } type
        && LibTorchContext.Export(library, SettersOfCache) is { } cache
            ? (Marshal.GetDelegateForFunctionPointer<SetUse>(use), Marshal.GetDelegateForFunctionPointer<SetType>(type), Marshal.GetDelegateForFunctionPointer<SetCache>(cache))
            : null;

    /// <summary>Computes in a precision on this thread until it is disposed.</summary>
    /// <param name="precision">The precision.</param>
    /// <param name="device">The device that computes.</param>
    /// <returns>Null for single precision, for which nothing is set.</returns>
    /// <exception cref="NanoDetException">NDB4063: this libtorch has no such switches.</exception>
    public static Autocast? Begin(TrainingPrecision precision, DeviceType device)
    {
        if (precision == TrainingPrecision.Single)
        {
            return null;
        }

        var (_, type, cache) = _switches ?? throw new NanoDetException(ArithmeticDiagnostics.NoMixedPrecision());
        // Weights are rounded anew at each use: it costs little, and the gradients of all uses are then added up in single precision.
        cache(false);
        type((sbyte)device, BFloat16);
        _current = new Autocast(device);
        _current.Switch(true);
        return _current;
    }

    /// <summary>Computes in the precision of what is given on this thread, whatever is set, until it is disposed.</summary>
    /// <returns>Null where nothing is set.</returns>
    public static IDisposable? Suspend() => _current is { } current ? new Suspension(current) : null;

    /// <summary>Makes a layer compute in single precision whatever is set; what comes out is rounded like that of all others.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="listen">Adds hooks to the layer that are to see it in single precision.</param>
    public static void Except(Conv2d layer, Action<Conv2d> listen)
    {
        layer.register_forward_pre_hook((_, input) => _current?.Pause(input) ?? input);
        listen(layer);
        layer.register_forward_hook((_, _, output) => _current?.Resume(output) ?? output);
    }

    /// <summary>Calls such a layer without rounding what comes out, for what rounds it itself.</summary>
    /// <param name="layer">Any layer.</param>
    /// <param name="input">What it is given.</param>
    public static torch.Tensor CallUnrounded(Conv2d layer, torch.Tensor input)
    {
        if (_current is not { } current)
        {
            return layer.call(input);
        }

        current._rounds = false;
        var output = layer.call(input);
        current._rounds = true;
        return output;
    }

    /// <summary>Rounds maps if it is on.</summary>
    /// <param name="maps">In any precision.</param>
    public static torch.Tensor Round(torch.Tensor maps) => IsOn ? maps.to(torch.bfloat16) : maps;

    /// <inheritdoc />
    public void Dispose()
    {
        _current = null;
        Switch(false);
    }

    private torch.Tensor Pause(torch.Tensor input)
    {
        Switch(false);
        return input.to(torch.float32);
    }

    private torch.Tensor Resume(torch.Tensor output)
    {
        Switch(true);
        return _rounds ? output.to(torch.bfloat16) : output;
    }

    private void Switch(bool on) => _switches!.Value.Use(_device, on);

    private sealed class Suspension : IDisposable
    {
        private readonly Autocast _suspended;

        public Suspension(Autocast suspended)
        {
            _suspended = suspended;
            _suspended.Switch(false);
        }

        public void Dispose() => _suspended.Switch(true);
    }

    private delegate void SetUse(sbyte device, [MarshalAs(UnmanagedType.U1)] bool value);

    private delegate void SetType(sbyte device, sbyte type);

    private delegate void SetCache([MarshalAs(UnmanagedType.U1)] bool value);
}
