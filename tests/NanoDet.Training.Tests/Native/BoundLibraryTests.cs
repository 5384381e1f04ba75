using System.Runtime.InteropServices;
using NanoDet.Testing;
using NanoDet.Training.Native;

namespace NanoDet.Training.Tests.Native;

public class BoundLibraryTests
{
    // at::_ops::…::call, of which TorchSharp calls hundreds.
    private static readonly byte[] Called = "\0_ZN2at4_ops"u8.ToArray();

    [Fact]
    public void A_libtorch_without_a_function_that_is_asked_for_is_told_when_it_is_loaded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Windows and macOS bind at once by themselves");
        LibTorch.Load();
        using var folder = new TestFolder("unbound");
        var bytes = File.ReadAllBytes(FittedBindings.For(NativeFolders.TorchSharp().Select(place => Path.Combine(place, "libLibTorchSharp.so")).First(File.Exists)));
        File.WriteAllBytes(folder["complete.so"], bytes);
        Assert.NotEqual(0, BoundLibrary.Load(folder["complete.so"]));
        bytes[bytes.AsSpan().IndexOf(Called) + Called.Length - 1] = (byte)'!';
        File.WriteAllBytes(folder["unknown.so"], bytes);

        var exception = Assert.Throws<DllNotFoundException>(() => BoundLibrary.Load(folder["unknown.so"]));

        Assert.Contains("undefined symbol: _ZN2at4_op!", exception.Message, StringComparison.Ordinal);
        Assert.NotEqual(0, NativeLibrary.Load(folder["unknown.so"])); // What loading otherwise takes.
    }
}
