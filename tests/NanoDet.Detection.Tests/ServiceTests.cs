using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NanoDet.Core.Diagnostics;
using NanoDet.Imaging;
using NanoDet.Testing;

namespace NanoDet.Detection.Tests;

/// <summary>A detector as a service: shared, loaded when it is wanted, disposed of with the provider, and told in the program's log.</summary>
public sealed class ServiceTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly string _path;

    public ServiceTests()
    {
        _path = _folder["tiny.onnx"];
        File.WriteAllBytes(_path, new TinyModel(64, 64, ["bolt", "nut"]) { Places = { (9, 1, 0.9f) } }.ToBytes());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_share_one_detector_which_ends_with_the_provider()
    {
        var services = new ServiceCollection().AddNanoDetDetector(_path, options => options with { ScoreThreshold = 0.1, Threads = 1 }).BuildServiceProvider();

        var detector = services.GetRequiredService<Detector>();
        using (var scope = services.CreateScope())
        {
            Assert.Same(detector, scope.ServiceProvider.GetRequiredService<Detector>());
        }

        Assert.Equal(0.1, detector.Metadata.ScoreThreshold);
        Assert.Single(detector.Detect(new PixelImage(64, 64), TestContext.Current.CancellationToken));
        services.Dispose();
        Assert.Throws<ObjectDisposedException>(() => detector.Detect(new PixelImage(64, 64), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Several_models_have_keys()
    {
        File.WriteAllBytes(_folder["other.onnx"], new TinyModel(64, 64, ["washer"]).ToBytes());
        using var services = new ServiceCollection().AddKeyedNanoDetDetector("one", _path).AddKeyedNanoDetDetector("other", _folder["other.onnx"]).BuildServiceProvider();

        Assert.Equal(["bolt", "nut"], services.GetRequiredKeyedService<Detector>("one").Metadata.Classes);
        Assert.Equal(["washer"], services.GetRequiredKeyedService<Detector>("other").Metadata.Classes);
        Assert.Null(services.GetService<Detector>());
    }

    [Fact]
    public void A_model_that_is_missing_is_told_to_the_first_user()
    {
        using var services = new ServiceCollection().AddNanoDetDetector(_folder["missing.onnx"]).BuildServiceProvider();

        Assert.Equal("NDB6001", Assert.Throws<NanoDetException>(services.GetRequiredService<Detector>).Code);
    }

    [Fact]
    public void The_log_says_what_runs_and_what_was_wanted()
    {
        var log = new Log();
        using var services = new ServiceCollection().AddSingleton<ILoggerFactory>(log)
            .AddNanoDetDetector(_path, options => options with { Providers = [ExecutionProvider.Cuda, ExecutionProvider.Cpu] }).BuildServiceProvider();
        Assert.Empty(log.Lines);

        _ = services.GetRequiredService<Detector>();
        _ = services.GetRequiredService<Detector>();

        Assert.Equal(2, log.Lines.Count);
        Assert.StartsWith("Warning NanoDet.Detection.Detector NDB6009: CUDA cannot be used (", log.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"Information NanoDet.Detection.Detector The model {_path} ", log.Lines[1], StringComparison.Ordinal);
        Assert.EndsWith("is loaded: 2 classes, input 64x64; it runs on Cpu", log.Lines[1], StringComparison.Ordinal);
    }

    private sealed class Log : ILoggerFactory
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Logger(Lines, categoryName);

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }

    private sealed class Logger(List<string> lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => lines.Add($"{logLevel} {category} {formatter(state, exception)}");
    }
}
