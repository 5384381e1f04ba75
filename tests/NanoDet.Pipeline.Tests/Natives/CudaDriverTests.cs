using NanoDet.Pipeline.Natives;

namespace NanoDet.Pipeline.Tests.Natives;

public sealed class CudaDriverTests
{
    [Theory]
    [InlineData(false, "/proc/driver/nvidia/version", true)]
    [InlineData(false, "/dev/nvidiactl", true)]
    [InlineData(false, "/dev/dxg", true)]
    [InlineData(false, "/usr/lib/x86_64-linux-gnu/libcuda.so.1", true)]
    [InlineData(false, "/opt/driver/libcuda.so.1", true)]
    [InlineData(false, "/usr/lib/x86_64-linux-gnu/libcudart.so.12", false)]
    [InlineData(false, @"C:\Win\System32\nvcuda.dll", false)]
    [InlineData(true, @"C:\Win\System32\nvcuda.dll", true)]
    [InlineData(true, @"C:\Win\System32\cudart64_12.dll", false)]
    [InlineData(true, "/dev/nvidiactl", false)]
    public void It_is_there_where_one_of_its_files_is(bool isWindows, string file, bool isInstalled)
    {
        var driver = new CudaDriver(isWindows, path => path == file, name => name switch
        {
            "SystemRoot" => @"C:\Win",
            "LD_LIBRARY_PATH" => "/opt/other:/opt/driver",
            _ => null,
        });

        Assert.Equal(isInstalled, driver.IsInstalled);
    }
}
