using System.Runtime.InteropServices;
using NanoDet.Core.Native;
using NanoDet.Data.Configuration;
using NanoDet.Training.Native;
using TorchSharp;

namespace NanoDet.Training.Tests.Native;

public sealed class CardTests
{
    [Fact]
    public void Versions_are_written_as_people_write_them()
    {
        Assert.Equal("12.8", Card.CudaVersion(12080));
        Assert.Equal("13.0", Card.CudaVersion(13000));
        Assert.Equal("9.10.2", Card.CuDnnVersion(91002));
    }

    [Fact]
    public void What_does_not_tell_itself_is_unknown_and_ends_nothing()
    {
        LibTorch.Load();
        Assert.SkipWhen(torch.cuda_is_available(), "needs a machine without a card");

        Assert.Equal(("unknown", "unknown", "unknown"), (Card.Read().Name, Card.Read().Cuda, Card.Read().CuDnn));
        Assert.Null(Card.FreeBytes());
    }

    [Fact]
    public void Libtorch_has_the_switches_for_a_fixed_order()
    {
        LibTorch.Load();
        var folder = NativeFolders.LibTorch(TrainingDevice.Cpu).First(folder => File.Exists(Path.Combine(folder, LibraryFile.Name("torch_cpu"))));
        var library = NativeLibrary.Load(Path.Combine(folder, LibraryFile.Name("torch_cpu")));
        var isFixed = Marshal.GetDelegateForFunctionPointer<IsFixed>(LibTorchContext.Export(library, ["_ZNK2at7Context23deterministicAlgorithmsEv", "?deterministicAlgorithms@Context@at@@QEBA_NXZ"])!.Value);
        var context = LibTorchContext.Find(library)!();
        var set = CardArithmetic.FindFixedOrder(library)!;

        set(true);
        Assert.NotEqual(0, isFixed(context));
        set(false);
        Assert.Equal(0, isFixed(context));
    }

    private delegate byte IsFixed(nint context);

    [Fact]
    public void Tf32_is_a_choice_of_its_own_and_only_for_a_card()
    {
        Assert.All(Arithmetic.Choices(InstructionSet.Native, TrainingDevice.Cuda, usesTf32: true), choice => Assert.True(choice.UsesTf32));
        Assert.Equal("TF32", new Arithmetic(InstructionSet.Native, UsesTf32: true).ToString());
        Assert.All(Arithmetic.Choices(InstructionSet.Native, TrainingDevice.Cuda), choice => Assert.False(choice.UsesTf32));
    }

    [Fact]
    public void A_card_has_one_name_for_files_whatever_the_user_lets_programs_see()
    {
        Assert.Equal("GPU-5f2a", CardPin.Identity("GPU-5f2a,1", 0));
        Assert.Equal("1", CardPin.Identity("GPU-5f2a,1", 1));
        Assert.Equal("3", CardPin.Identity(null, 3));
        Assert.Equal("MIG-GPU-1_0", CardPin.Identity("MIG-GPU-1/0", 0));
    }
}
