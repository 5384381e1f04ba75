using Microsoft.Extensions.Logging;
using NanoDet.Core.Diagnostics;
using NanoDet.Detection;
using NanoDet.Detection.DependencyInjection;

// Where programs that register services look already.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers detectors as services.</summary>
public static class NanoDetServiceCollectionExtensions
{
    /// <summary>
    /// Registers a <see cref="Detector"/> that all users share. The model is loaded when the first of them asks for it, and disposed
    /// of with the provider of the services. Where the program logs, it logs what was loaded and what runs it, and a warning for each
    /// execution provider that was preferred and cannot be used.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="path">The ONNX file, as <see cref="Detector.Load(string, DetectorOptions?)"/> takes it.</param>
    /// <param name="configure">Returns the options to use, from the default ones: <c>options => options with { Threads = 1 }</c>.</param>
    /// <exception cref="NanoDetException">NDB6001 to NDB6009 or NDB6013, when the detector is asked for.</exception>
    public static IServiceCollection AddNanoDetDetector(
        this IServiceCollection services, string path, Func<DetectorOptions, DetectorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return services.AddSingleton(provider => Load(provider, path, configure));
    }

    /// <summary>Registers a <see cref="Detector"/> with a key, for a program with several models.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">What users ask for, as in <c>[FromKeyedServices("bolts")] Detector detector</c>.</param>
    /// <param name="path">The ONNX file, as <see cref="Detector.Load(string, DetectorOptions?)"/> takes it.</param>
    /// <param name="configure">Returns the options to use, from the default ones.</param>
    /// <exception cref="NanoDetException">NDB6001 to NDB6009 or NDB6013, when the detector is asked for.</exception>
    public static IServiceCollection AddKeyedNanoDetDetector(
        this IServiceCollection services, object? serviceKey, string path, Func<DetectorOptions, DetectorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return services.AddKeyedSingleton(serviceKey, (provider, _) => Load(provider, path, configure));
    }

    private static Detector Load(IServiceProvider services, string path, Func<DetectorOptions, DetectorOptions>? configure)
    {
        var options = new DetectorOptions();
        var detector = Detector.Load(path, configure?.Invoke(options) ?? options);
        if (services.GetService<ILoggerFactory>()?.CreateLogger<Detector>() is { } logger)
        {
            DetectorLog.Write(logger, detector, path);
        }

        return detector;
    }
}
