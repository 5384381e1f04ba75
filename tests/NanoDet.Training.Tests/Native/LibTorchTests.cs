using NanoDet.Training.Native;
using TorchSharp;

namespace NanoDet.Training.Tests.Native;

public class LibTorchTests
{
    [Fact]
    public void Tensors_can_be_computed_with_after_loading()
    {
        LibTorch.Load();
        LibTorch.Load();

        using var sum = torch.ones(2, 3) + 1;

        Assert.Equal([2f, 2f, 2f, 2f, 2f, 2f], sum.data<float>());
    }

    [Fact]
    public void The_output_folder_holds_no_copy_of_libtorch()
    {
        var natives = Directory.EnumerateFiles(AppContext.BaseDirectory, "*torch*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".so" or ".dylib" || Path.GetFileName(file).StartsWith("torch_", StringComparison.Ordinal));

        Assert.Empty(natives);
    }
}
