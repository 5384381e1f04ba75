using NanoDet.Training.Native;

namespace NanoDet.Training.Tests.Native;

public class CudaLibrariesTests
{
    [Fact]
    public void Libraries_are_opened_after_those_that_they_need_and_others_are_left_alone()
    {
        string[] files =
        [
            "asmjit.dll", "c10.dll", "c10_cuda.dll", "caffe2_nvrtc.dll", "cublas64_12.dll", "cublasLt64_12.dll", "cudart64_12.dll", "cudnn64_9.dll", "cudnn_adv64_9.dll", "cudnn_graph64_9.dll",
            "cudnn_ops64_9.dll", "cusolver64_11.dll", "cusparse64_12.dll", "nvJitLink_120_0.dll", "nvrtc-builtins64_128.dll", "nvrtc64_120_0.dll", "torch.dll", "torch_cpu.dll", "torch_cuda.dll", "uv.dll",
        ];

        Assert.Equal(
            [
                "cudart64_12.dll", "nvJitLink_120_0.dll", "nvrtc-builtins64_128.dll", "nvrtc64_120_0.dll", "cublasLt64_12.dll", "cublas64_12.dll", "cusparse64_12.dll", "cusolver64_11.dll",
                "cudnn64_9.dll", "cudnn_graph64_9.dll", "cudnn_ops64_9.dll", "cudnn_adv64_9.dll", "c10.dll", "c10_cuda.dll", "caffe2_nvrtc.dll", "torch_cpu.dll", "torch_cuda.dll",
            ],
            CudaLibraries.InOrder(files));
    }

    [Theory]
    [InlineData(null, 0, "0")]
    [InlineData("", 3, "3")]
    [InlineData("2, 5", 0, "2")]
    [InlineData("2, 5", 1, "5")]
    [InlineData("GPU-8932f937-d72c,3", 0, "GPU-8932f937-d72c")]
    [InlineData("2,5", 2, "-1")]
    public void A_card_is_one_of_those_that_the_user_lets_programs_see(string? visible, int card, string chosen)
        => Assert.Equal(chosen, CardPin.Chosen(visible, card));
}
